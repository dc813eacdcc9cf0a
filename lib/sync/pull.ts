import { readableFeed, type FeedItem } from '../protocol/feed.ts';
import { MAX_FEED_WAIT_S } from '../protocol/limits.ts';
import { PATHS } from '../protocol/paths.ts';
import { meReply } from '../protocol/team.ts';
import type { TeamState } from '../settings/team-store.ts';
import type { Question, Told } from './ask-collector.ts';
import { failure, isLasting, type Failure } from './problems.ts';
import { isTooEarly, jitter, PROBE_MS, retryAfterMs } from './retry.ts';
import { credentialOf, type Target } from './target.ts';
import type * as z from 'zod/mini';

/** Longer than the longest wait of a feed, in milliseconds; below what Chrome lets a worker wait. */
const FEED_TIMEOUT_MS = (MAX_FEED_WAIT_S + 5) * 1000;

/** What pulling needs from outside. */
export interface PullDeps {
  /** Where to ask and with which right. */
  credential(): Promise<Target>;
  /** Asks as that member; a refused token was renewed and tried again already. */
  ask<Reply extends z.ZodMiniType>(question: Question<Reply>): Promise<Told<z.infer<Reply>>>;
  read(endpoint: string): Promise<TeamState>;
  write(state: TeamState): Promise<void>;
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  /** Runs work alone in the whole browser; does nothing when it is under way already. */
  lock(work: () => Promise<void>): Promise<void>;
  /** Gets the newest policy and puts it in force. Rejects only when the store does. */
  policy(org: string): Promise<Failure | null>;
  /** Hears of cases; `all` when any may be different. */
  cases(news: readonly CaseNews[] | 'all'): Promise<Failure | null>;
  /** Access has ended: what is kept of it goes. */
  ended(): Promise<void>;
}

/** What the feed says of a case. */
export type CaseNews = Extract<FeedItem, { kind: 'case' }>;

/** Keeps this device up to date with what its collector has to tell. */
export interface Pull {
  /**
   * Asks until there is nothing new. `wait`: then stays for up to 20 s for something to come. `asked` by a
   * person, it does not wait for the back-off. Whether it may be asked again at once.
   */
  pullNow(options: { wait: boolean; asked: boolean }): Promise<boolean>;
}

const isRefused = (told: Extract<Told<unknown>, { ok: false }>): boolean =>
  told.refused === 'unauthenticated' ||
  (told.refused === null && told.failure.code === 'unauthorized');

/** Why nothing came of a question, in the words of sending. */
export const failureOf = (told: Extract<Told<unknown>, { ok: false }>): Failure =>
  told.refused === null ? told.failure : failure('http', told.refused);

/** All that matters is kept: killed at any point, the next call goes on from there. */
export function createPull(deps: PullDeps): Pull {
  const failed = async (
    state: TeamState,
    { code, detail, retryAfter }: Failure,
  ): Promise<false> => {
    const now = deps.now();
    const asked = retryAfterMs(retryAfter, now);
    const wait = isLasting(code) ? PROBE_MS : jitter(state.attempt, deps.random);
    await deps.write({
      ...state,
      attempt: state.attempt + 1,
      nextAt: now + Math.max(asked, wait),
      lastProblem: { at: now, code, detail },
    });
    return false;
  };

  /** A refusal of who was taken before: access has ended. Of who never was: the token is wrong. */
  const refused = async (state: TeamState, target: Target): Promise<false> => {
    if (state.me === null) return failed(state, failure('unauthorized'));
    // First here: killed after this, the next run still knows that nothing of the old may be used.
    await deps.write({ ...state, me: null, cursor: null, endedWith: credentialOf(target) });
    await deps.ended();
    return false;
  };

  const step = async (wait: boolean, asked: boolean): Promise<boolean> => {
    const target = await deps.credential();
    if (target.kind !== 'collector' || target.endpoint === '' || target.token === '') return false;
    let state = await deps.read(target.endpoint);
    if (state.endedWith !== '') {
      if (state.endedWith === credentialOf(target)) return false;
      state = { ...state, endedWith: '', nextAt: 0, attempt: 0 };
    }
    if (!asked && isTooEarly(state, deps.now())) return false;

    const fail = (told: Extract<Told<unknown>, { ok: false }>) =>
      isRefused(told) ? refused(state, target) : failed(state, failureOf(told));
    const whoAmI = async () => deps.ask({ method: 'GET', path: PATHS.me, reply: meReply });

    let isNew = false;
    if (state.me === null) {
      const told = await whoAmI();
      if (!told.ok) return fail(told);
      const { member, role, org } = told.value;
      state = { ...state, me: { member, role, org } };
      await deps.write(state);
      isNew = true;
    }
    const query = new URLSearchParams({
      ...(state.cursor === null ? {} : { cursor: state.cursor }),
      ...(wait && !isNew ? { wait: String(MAX_FEED_WAIT_S) } : {}),
    }).toString();
    const told = await deps.ask({
      method: 'GET',
      path: query === '' ? PATHS.feed : `${PATHS.feed}?${query}`,
      reply: readableFeed,
      timeoutMs: FEED_TIMEOUT_MS,
    });
    if (!told.ok) {
      if (told.refused === 'cursor') {
        // Of another feed: the next question begins anew.
        await deps.write({ ...state, cursor: null });
        return true;
      }
      return fail(told);
    }
    const { items, cursor } = told.value;
    if (items.some(({ kind }) => kind === 'signout')) return refused(state, target);
    const isAll = items.some(({ kind }) => kind === 'resync');
    if (isAll || items.some(({ kind }) => kind === 'role')) {
      const who = await whoAmI();
      if (!who.ok) return fail(who);
      const { member, role, org } = who.value;
      state = { ...state, me: { member, role, org } };
    }
    if (state.me !== null && (isAll || items.some(({ kind }) => kind === 'policy'))) {
      const problem = await deps.policy(state.me.org);
      if (problem !== null) return failed(state, problem);
    }
    const news = items.filter((item) => item.kind === 'case');
    if (isAll || news.length > 0) {
      const problem = await deps.cases(isAll ? 'all' : news);
      if (problem !== null) return failed(state, problem);
    }
    // Last: killed before, the same items come again, and each is handled alike twice.
    const ok = { attempt: 0, nextAt: 0, lastProblem: null, lastOkAt: deps.now() };
    await deps.write({ ...state, ...ok, cursor });
    return true;
  };

  return {
    async pullNow({ wait, asked }) {
      let goesOn = false;
      await deps.lock(async () => {
        goesOn = await step(wait, asked);
      });
      return goesOn;
    },
  };
}
