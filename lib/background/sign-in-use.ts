import { returnAddress, visitProvider } from '../platform/identity.ts';
import { PATHS } from '../protocol/paths.ts';
import { authReply } from '../protocol/auth.ts';
import { meReply } from '../protocol/team.ts';
import type { ReplyOf, ToWorker } from '../messaging/contracts.ts';
import { signInStore } from '../settings/sign-in-store.ts';
import { readTeam } from '../settings/team-store.ts';
import { askCollector } from '../sync/ask-collector.ts';
import { createAskAsMember, type AskAsMember } from './ask-as-member.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { whyNot } from './why-not.ts';
import { ownEnv, type Worker } from './worker.ts';

const LOCK = 'countersign-sign-in';

/** Signing in as the use cases see it. */
export interface SignInUse extends SignIn {
  ask: AskAsMember;
  /** What the page says: who this device is for the collector, and whether one can sign in there. */
  view(): Promise<ReplyOf<ToWorker['sign-in.view']>>;
}

/** Wires signing in to Chrome's window, the settings and the trail. */
export function createSignInUse(worker: Worker): SignInUse {
  const net = { fetch: globalThis.fetch.bind(globalThis) };
  const endpoint = async () => {
    const { endpointKind, syncEndpoint, syncToken } = await worker.settings();
    return { kind: endpointKind, endpoint: syncEndpoint, token: syncToken };
  };
  const signIn = createSignIn({
    endpoint,
    net,
    store: signInStore,
    now: () => worker.now(),
    lock: (work) => navigator.locks.request(LOCK, work),
    visit: visitProvider,
    returnAddress,
    async record({ type, issuer, why }) {
      await worker.store.commit(ownEnv(worker), (tx) =>
        tx.append({ type, itemId: '', traceId: '', causationId: '', data: { issuer, why } }),
      );
    },
  });
  const ask = createAskAsMember(net, signIn);
  return {
    ...signIn,
    ask,
    async view() {
      const at = await endpoint();
      const status = await signIn.status();
      if (at.kind !== 'collector' || at.endpoint === '')
        return { status, issuer: null, person: null, why: 'no-collector' };
      const offer = await askCollector(
        net,
        { endpoint: at.endpoint, token: '' },
        { method: 'GET', path: PATHS.auth, reply: authReply },
      );
      const issuer = offer.ok ? (offer.value.oidc?.issuer ?? null) : null;
      if (status === 'none' && at.token === '') {
        const { endedWith } = await readTeam(at.endpoint);
        return { status, issuer, person: null, why: endedWith === '' ? '' : 'signed-out' };
      }
      const me = await ask({ method: 'GET', path: PATHS.me, reply: meReply });
      // Asking may have renewed the sign-in, or found that it has ended.
      const now = await signIn.status();
      if (!me.ok) return { status: now, issuer, person: null, why: whyNot(me) };
      const { member, role } = me.value;
      return { status: now, issuer, person: { ...member, role }, why: '' };
    },
  };
}
