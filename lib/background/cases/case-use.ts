import { browser } from '../../platform/browser.ts';
import { readTelling, writeTelling } from '../../settings/case-telling-store.ts';
import { includesRole } from '../../protocol/team.ts';
import { createCaseClient } from '../../sync/case-client.ts';
import type { Failure } from '../../sync/problems.ts';
import type { CaseNews } from '../../sync/pull.ts';
import { takeCaseNews } from './case-news.ts';
import type { SignInUse } from '../sign-in-use.ts';
import { dropCases } from './take-case.ts';
import { tellCases } from './tell-cases.ts';
import { whyNot } from '../why-not.ts';
import type { Worker } from '../worker.ts';

const LOCK = 'countersign-cases';
/** How long after a try the next is made while something is untold: Chrome's shortest alarm. */
const AGAIN_MS = 30_000;

/** What the panel asks for about a colleague's case. */
export interface CaseAsk {
  itemId: string;
  act: 'claim' | 'release' | 'hand-over';
  /** Member who gets it, for `hand-over`; '' otherwise. */
  to: string;
}

/** The team's cases as the use cases see them. */
export interface CaseUse {
  /** The alarm that wakes it. */
  alarm: string;
  /** Tells the collector what it has not heard. Rejects only when the store does. */
  tell(): Promise<void>;
  /** Hears what the collector tells. */
  take(news: readonly CaseNews[] | 'all'): Promise<Failure | null>;
  /** Takes a colleague's case, gives it back or hands it over: '' when done, else the code of why not. */
  act(request: CaseAsk): Promise<{ why: string }>;
  /** Access ended: colleagues' texts leave this device. */
  drop(): Promise<void>;
}

/** Wires the team's cases to the collector, the trail, the clock and an alarm. */
export function createCaseUse(worker: Worker, signIn: Pick<SignInUse, 'ask'>): CaseUse {
  const alarm = 'cases';
  const client = createCaseClient(signIn.ask);
  const here = async () => {
    const { me, settings } = await worker.inForce();
    return me === null ? null : { me, endpoint: settings.syncEndpoint };
  };
  return {
    alarm,
    async tell() {
      const due = await tellCases({
        worker,
        client,
        here: async () => {
          const at = await here();
          return at === null ? null : { me: at.me.member.id, endpoint: at.endpoint };
        },
        read: readTelling,
        write: writeTelling,
        random: Math.random,
        lock: async (work) => {
          await navigator.locks.request(LOCK, work);
        },
      });
      if (due === null) await browser.alarms.clear(alarm);
      else await browser.alarms.create(alarm, { when: Math.max(due, worker.now() + AGAIN_MS) });
    },
    async take(news) {
      const at = await here();
      if (at === null) return null;
      if (!includesRole(at.me.role, 'lead')) await dropCases(worker);
      return takeCaseNews(worker, client, at, news);
    },
    async act({ itemId, act, to }) {
      const [at, item] = [await here(), await worker.store.item(itemId)];
      if (at === null || item?.case === undefined || item.case.endpoint !== at.endpoint)
        return { why: 'not-found' };
      const { caseId, version } = item.case;
      const told = await client.act(caseId, act, version, ...(act === 'hand-over' ? [{ to }] : []));
      // Whatever came of it, what stands there now is read anew.
      const news = { kind: 'case', caseId, itemId, news: 'claimed', version: Infinity } as const;
      const failed = await takeCaseNews(worker, client, at, [news]);
      if (!told.ok) return { why: told.refused === 'ended' ? 'case-ended' : whyNot(told) };
      return { why: failed === null ? '' : failed.code };
    },
    drop: () => dropCases(worker),
  };
}
