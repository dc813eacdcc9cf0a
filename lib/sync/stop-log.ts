import { MAX_PUSH_EVENTS } from '../protocol/limits.ts';
import type { Unsynced } from '../store/sync-log.ts';
import type { SyncDeps } from './deps.ts';
import { failure } from './problems.ts';
import type { Next } from './sink.ts';

/** Ends the sending of a log because of its entry `seq`; others go on, and so does writing. */
export async function stopLog(
  deps: SyncDeps,
  { logid }: Unsynced,
  code: 'fork' | 'envelope-invalid',
  seq: number,
): Promise<Next> {
  const begun = await deps.store.stopLog(deps.env(), { logid, code, seq });
  // With a new log begun we wait, or an endpoint could make us begin one after the other.
  if (begun) return { failed: failure(code, String(seq)) };
  const at = deps.now();
  await deps.store.setSync({ lastProblem: { code, detail: String(seq), at } });
  return { limit: MAX_PUSH_EVENTS, step: 'onward' };
}
