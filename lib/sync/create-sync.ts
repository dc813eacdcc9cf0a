import { MAX_PUSH_BYTES } from '../protocol/limits.ts';
import type { SyncDeps } from './deps.ts';
import { failure, isLasting, type Failure, type SyncProblem } from './problems.ts';
import { isTooEarly, jitter, PROBE_MS, retryAfterMs } from './retry.ts';
import { createSink } from './sink.ts';
import { stopLog } from './stop-log.ts';
import { credentialOf, placeOf, type Target } from './target.ts';

/** Raw bytes read for one run; as JSON they grow. */
const MAX_RAW_BYTES = Math.floor(MAX_PUSH_BYTES * 0.8);
/** Answers in one run that lead no further before it is a failure. */
const MAX_SETBACKS = 4;

/** How a run ended. `waiting`: there is something to send, but not before the back-off is over. */
type SyncOutcome =
  | { state: 'no-endpoint' | 'synced' | 'waiting' }
  | { state: 'failed'; code: SyncProblem };

/** Sends the trail to the endpoint. */
export interface Sync {
  /**
   * Sends all that was not acknowledged. `asked` by a person, it does not wait for the back-off. Rejects
   * only when the store does.
   */
  syncNow(options?: { asked: boolean }): Promise<SyncOutcome>;
  /** When to send next, in milliseconds since 1970; null when there is nothing to send or nowhere. */
  due(): Promise<number | null>;
}

/** All that matters is in the store: killed at any point, the next call goes on from there. */
export function createSync(deps: SyncDeps): Sync {
  let waiting: { run: Promise<SyncOutcome>; asked: boolean } | null = null;
  return {
    syncNow({ asked } = { asked: false }) {
      // Who comes while a run is still waiting for its turn is served by it.
      if (waiting !== null) {
        waiting.asked ||= asked;
        return waiting.run;
      }
      const mine = { run: Promise.resolve<SyncOutcome>({ state: 'synced' }), asked };
      waiting = mine;
      const leave = () => {
        if (waiting === mine) waiting = null;
      };
      mine.run = deps
        .lock(() => {
          leave();
          return run(deps, mine.asked);
        })
        .finally(leave);
      return mine.run;
    },
    async due() {
      const { endpoint } = await deps.settings();
      if (endpoint === '' || (await deps.store.unsynced(1, 1)) === null) return null;
      const state = await deps.store.syncState();
      return isTooEarly(state, deps.now()) ? state.nextAt : deps.now();
    },
  };
}

async function run(deps: SyncDeps, asked: boolean): Promise<SyncOutcome> {
  const { store } = deps;
  const target = await deps.settings();
  await store.useEndpoint(placeOf(target), credentialOf(target));
  if (target.endpoint === '') return { state: 'no-endpoint' };
  if (!asked && isTooEarly(await store.syncState(), deps.now())) {
    return { state: (await store.unsynced(1, 1)) === null ? 'synced' : 'waiting' };
  }
  const failed = await sendRenewed(deps, target);
  if (failed === null) return { state: 'synced' };
  await backOff(deps, failed);
  return { state: 'failed', code: failed.code };
}

/** A refused token is renewed once. */
async function sendRenewed(deps: SyncDeps, target: Target): Promise<Failure | null> {
  const failed = await sendAll(deps, target);
  if (failed?.code !== 'unauthorized') return failed;
  const again = (await deps.renewed?.(target.token)) ?? null;
  if (again === null || placeOf(again) !== placeOf(target)) return failed;
  await deps.store.useEndpoint(placeOf(again), credentialOf(again));
  return sendAll(deps, again);
}

/** Run after run until all is held there; null then. */
async function sendAll(deps: SyncDeps, target: Target): Promise<Failure | null> {
  const { store } = deps;
  const sink = createSink(deps, target);
  let limit = sink.maxEvents;
  let ceiling = limit;
  let setbacks = 0;
  for (;;) {
    const run = await store.unsynced(limit, MAX_RAW_BYTES);
    if (run === null) return null;
    // When the next entry is gone from here, no endpoint could take what follows it.
    const next =
      run.events[0]?.seq === run.from
        ? await sink.send(run)
        : await stopLog(deps, run, 'envelope-invalid', run.from);
    if ('failed' in next) return next.failed;
    if (next.step === 'acked') await worked(deps);
    if (next.step === 'setback') setbacks += 1;
    if (setbacks > MAX_SETBACKS) return failure('bad-reply');
    if (next.step === 'smaller') ceiling = next.limit;
    limit = Math.min(next.limit, ceiling);
  }
}

/** A push got through: the next failure counts from one again. That a log is stopped stays said. */
async function worked(deps: SyncDeps): Promise<void> {
  const { cursors, lastProblem } = await deps.store.syncState();
  const stops = cursors.filter((cursor) => cursor.stopped !== undefined);
  const [{ stopped: code = '', ackedSeq } = { ackedSeq: -1 }] = stops;
  const isSaid = stops.some((cursor) => cursor.stopped === lastProblem?.code);
  const at = deps.now();
  // A failure of the network is over: what is said again is why a log is stopped.
  const again = code === '' ? null : { code, detail: String(ackedSeq + 1), at };
  await deps.store.setSync({
    attempt: 0,
    nextAt: 0,
    lastOkAt: at,
    lastProblem: isSaid ? lastProblem : again,
  });
}

/** Keeps what went wrong and when to try again, so that a worker started anew does not ask sooner. */
async function backOff(deps: SyncDeps, { code, detail, retryAfter }: Failure): Promise<void> {
  const at = deps.now();
  const { attempt } = await deps.store.syncState();
  const own = isLasting(code) ? PROBE_MS : jitter(attempt, () => deps.random());
  await deps.store.setSync({
    attempt: attempt + 1,
    nextAt: at + Math.max(own, retryAfterMs(retryAfter, at)),
    lastProblem: { code, detail, at },
  });
}
