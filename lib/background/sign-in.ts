import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { visitProvider } from '../platform/identity.ts';
import { authReply } from '../protocol/auth.ts';
import { endpointUrl, PATHS } from '../protocol/paths.ts';
import { meReply } from '../protocol/team.ts';
import type { SignedIn, SignInNote, SignInStore } from '../settings/sign-in-store.ts';
import { askCollector } from '../sync/ask-collector.ts';
import type { Net } from '../sync/call-endpoint.ts';
import { SignInFailed } from '../sync/oidc-problem.ts';
import {
  beginSignIn,
  findProvider,
  finishSignIn,
  renewSignIn,
  revokeSignIn,
  type Provider,
  type Tokens,
} from '../sync/oidc.ts';
import type { Target } from '../sync/target.ts';
import { whyNot } from './why-not.ts';

/** A token that ends sooner is renewed before it is used, in milliseconds. */
const EARLY_MS = 60_000;
/** After a silent question in vain the provider is not asked again for this long, in milliseconds. */
const SILENT_AGAIN_MS = 15 * 60_000;

/** What signing in needs from outside. */
export interface SignInDeps {
  /** The endpoint in force, with the static token. */
  endpoint(): Promise<Target>;
  net: Net;
  store: SignInStore;
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  /** Runs work alone in the whole browser: what renews a sign-in may be good for one use only. */
  lock<T>(work: () => Promise<T>): Promise<T>;
  visit: typeof visitProvider;
  returnAddress(): string;
  /** Notes in the trail that a sign-in began or ended. */
  record(act: SignInAct): Promise<void>;
}

/** What the trail says: of the provider its address, of the person nothing. */
export interface SignInAct {
  type: 'signin.started' | 'signin.ended';
  issuer: string;
  why: 'person' | 'silent' | 'endpoint' | 'collector';
}

/** Who sends to the collector, and by which right. */
export interface SignIn {
  /**
   * Where to send and with which token: that of who signed in at this collector, renewed when it is about to
   * end, else the static one. '' when who signed in has to do so again: nothing goes in another's name.
   */
  credential(): Promise<Target>;
  /** Another token after `used` was refused; null when there is none. At most one renewal at a time. */
  renewed(used: string): Promise<Target | null>;
  /** Lets the person sign in. '' when that went well, else the code of why it did not. */
  start(): Promise<string>;
  /** Signs out: here at once, and at the provider; whether the provider heard of it. */
  end(why?: 'person' | 'collector'): Promise<{ revoked: boolean }>;
  /** Whether somebody signed in at this collector, and whether they have to do so again. */
  status(): Promise<'none' | 'signed-in' | 'again'>;
}

const isSamePlace = (one: string, other: string): boolean =>
  URL.canParse(one) && URL.canParse(other) && endpointUrl(one, '') === endpointUrl(other, '');

const whoOf = (issuer: string, subject: string): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify([issuer, subject])))).slice(0, 32);

/** Signing in at a collector's provider (OIDC code flow with PKCE, in Chrome's own window). */
export function createSignIn(deps: SignInDeps): SignIn {
  const { net, store } = deps;

  const isGood = ({ tokens }: SignedIn) => tokens.expiresAt > deps.now();
  const isFresh = ({ tokens }: SignedIn) => tokens.expiresAt > deps.now() + EARLY_MS;

  /** The sign-in for this endpoint. One for another ends here: its token goes nowhere else. */
  const mine = async ({ kind, endpoint }: Target) => {
    const [session, note] = await Promise.all([store.session(), store.note()]);
    const isHere = (one: { endpoint: string } | null) =>
      one === null || (kind === 'collector' && isSamePlace(one.endpoint, endpoint));
    if (isHere(session) && isHere(note)) return { session, note };
    await leave('endpoint');
    return { session: null, note: null };
  };

  const revoke = async (session: SignedIn | null): Promise<boolean> => {
    if (session === null) return false;
    try {
      const provider = await findProvider(net, session);
      return await revokeSignIn(net, provider, session.tokens.refresh);
    } catch (error) {
      if (error instanceof SignInFailed) return false;
      throw error;
    }
  };

  const leave = (why: SignInAct['why']): Promise<{ revoked: boolean }> =>
    deps.lock(async () => {
      const [session, note] = await Promise.all([store.session(), store.note()]);
      const issuer = session?.issuer ?? note?.issuer;
      if (issuer === undefined) return { revoked: false };
      // Here first: whatever the provider does, the token is gone from this device.
      await store.clearSession();
      await store.clearNote();
      await deps.record({ type: 'signin.ended', issuer, why });
      return { revoked: await revoke(session) };
    });

  /** Lets the provider say who is there, in its window or unseen. @throws SignInFailed */
  const visit = async (provider: Provider, silent: boolean): Promise<Tokens> => {
    const begun = await beginSignIn(provider, deps.returnAddress(), { silent });
    const visited = await deps.visit(begun.url, { silent });
    if (visited.back === null) throw new SignInFailed(visited.why);
    return finishSignIn(net, provider, begun, visited.back);
  };

  /** By what renews it. Null when that is no good: the session ends, the note stays. */
  const byRefresh = async (session: SignedIn): Promise<SignedIn | null> => {
    if (session.tokens.refresh !== '') {
      try {
        const tokens = await renewSignIn(net, await findProvider(net, session), session.tokens);
        return { ...session, tokens };
      } catch (error) {
        // A provider that can't be reached has refused nothing.
        if (!(error instanceof SignInFailed) || error.code === 'unreachable') throw error;
      }
    }
    await store.clearSession();
    return null;
  };

  /** By the provider's own memory of the person, when it is the same one. */
  const bySilence = async (note: SignInNote): Promise<SignedIn | null> => {
    if (deps.now() < (await store.triedAt()) + SILENT_AGAIN_MS) return null;
    await store.setTriedAt(deps.now());
    const { who, ...place } = note;
    const tokens = await visit(await findProvider(net, place), true);
    if (whoOf(place.issuer, tokens.subject) !== who) return null;
    await store.setTriedAt(0);
    await deps.record({ type: 'signin.started', issuer: place.issuer, why: 'silent' });
    return { ...place, tokens };
  };

  const renew = (used: string): Promise<string | null> =>
    deps.lock(async () => {
      const [session, note] = await Promise.all([store.session(), store.note()]);
      // Who waited for the lock is served by who held it.
      if (session !== null && session.tokens.bearer !== used && isGood(session))
        return session.tokens.bearer;
      try {
        const made =
          (session === null ? null : await byRefresh(session)) ??
          (note === null ? null : await bySilence(note));
        if (made === null) return null;
        await store.setSession(made);
        return made.tokens.bearer;
      } catch (error) {
        if (!(error instanceof SignInFailed)) throw error;
        // It is good as long as it lasts, whoever can't be reached to renew it.
        const left = session !== null && isGood(session) ? session.tokens.bearer : null;
        return error.code === 'unreachable' ? left : null;
      }
    });

  const start = async (): Promise<string> => {
    const target = await deps.endpoint();
    const { endpoint } = target;
    if (target.kind !== 'collector' || endpoint === '') return 'no-collector';
    const offered = await askCollector(
      net,
      { endpoint, token: '' },
      { method: 'GET', path: PATHS.auth, reply: authReply },
    );
    if (!offered.ok) return whyNot(offered);
    if (offered.value.oidc === null) return 'not-offered';
    const offer = offered.value.oidc;
    const tokens = await visit(await findProvider(net, offer), false);
    const session: SignedIn = { endpoint, ...offer, tokens };
    return deps.lock(async () => {
      // The window may have been open for long.
      if (!isSamePlace((await deps.endpoint()).endpoint, endpoint)) {
        await revoke(session);
        return 'moved';
      }
      const me = await askCollector(
        net,
        { endpoint, token: tokens.bearer },
        { method: 'GET', path: PATHS.me, reply: meReply },
      );
      if (!me.ok) {
        await revoke(session);
        return whyNot(me);
      }
      const before = await store.session();
      await store.setSession(session);
      // Who was here before is not left behind with a sign-in that nobody sees.
      await revoke(before);
      const who = whoOf(offer.issuer, tokens.subject);
      await store.setNote({ endpoint, ...offer, who });
      await deps.record({ type: 'signin.started', issuer: offer.issuer, why: 'person' });
      return '';
    });
  };

  return {
    async credential() {
      const target = await deps.endpoint();
      const { session, note } = await mine(target);
      if (session === null && note === null) return target;
      if (session !== null && isFresh(session)) return { ...target, token: session.tokens.bearer };
      const bearer = await renew(session?.tokens.bearer ?? '');
      return { ...target, token: bearer ?? '' };
    },
    async renewed(used) {
      const target = await deps.endpoint();
      const { session, note } = await mine(target);
      if (session === null && note === null) return null;
      const bearer = await renew(used);
      return bearer === null || bearer === used ? null : { ...target, token: bearer };
    },
    start: () =>
      start().catch((error: unknown) => {
        if (error instanceof SignInFailed) return error.code;
        throw error;
      }),
    end: (why = 'person') => leave(why),
    async status() {
      const { session, note } = await mine(await deps.endpoint());
      if (session !== null && isGood(session)) return 'signed-in';
      return session === null && note === null ? 'none' : 'again';
    },
  };
}
