import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReplyOf, ToWorker } from '../messaging/contracts.ts';
import { MessagingError } from '../messaging/errors.ts';
import { useServices } from './services.ts';
import { useInForceHere } from './use-in-force.ts';

/** A provider's window stays open for as long as the person needs, in milliseconds. */
const WINDOW_MS = 15 * 60_000;
/** Asking the collector may take as long as a slow server does, in milliseconds. */
const ASK_MS = 60_000;

/** Who this device is for the collector, and how one can sign in there. */
type SignInView = ReplyOf<ToWorker['sign-in.view']>;

/** Who is signed in at `endpoint`, asked anew when that or the saved token changes; null until then. */
export function useSignIn(endpoint: string, token: string) {
  const { call, host } = useServices();
  // Whom the collector says this is: when that changes elsewhere, what stands here is old.
  const me = JSON.stringify(useInForceHere()?.me ?? null);
  const [view, setView] = useState<SignInView | null>(null);
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState('');
  const [signedOut, setSignedOut] = useState<{ revoked: boolean } | null>(null);
  const attempt = useCallback(async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof MessagingError)) throw error;
      setWhy('worker');
    }
  }, []);
  /** The newest question: when access ends two things change at once, and an older answer may come last. */
  const newest = useRef(0);
  const load = useCallback(
    () =>
      attempt(async () => {
        newest.current += 1;
        const mine = newest.current;
        const now = await call('sign-in.view', {}, { deadlineMs: ASK_MS });
        if (newest.current === mine) setView(now);
      }),
    [attempt, call],
  );
  useEffect(() => setView(null), [endpoint]);
  useEffect(() => {
    if (endpoint !== '') void load();
  }, [endpoint, token, me, load]);
  const start = async (issuer: string) => {
    setBusy(true);
    setSignedOut(null);
    // First in the turn of the click: Chrome takes the question only from a gesture. Without it the provider
    // has to allow us itself, as many do.
    await host.requestOrigins([`${new URL(issuer).origin}/*`]);
    await attempt(async () => {
      const reply = await call('sign-in.start', {}, { deadlineMs: WINDOW_MS });
      setWhy(reply.why);
    });
    await load();
    setBusy(false);
  };
  const end = async () => {
    setWhy('');
    await attempt(async () => setSignedOut(await call('sign-in.end', {}, { deadlineMs: ASK_MS })));
    await load();
  };
  return { view, busy, why: why === '' ? (view?.why ?? '') : why, signedOut, start, end };
}
