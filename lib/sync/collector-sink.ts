import { MAX_PUSH_EVENTS } from '../protocol/limits.ts';
import type { CollectorKey } from '../protocol/receipt.ts';
import { callEndpoint } from './call-endpoint.ts';
import type { SyncDeps } from './deps.ts';
import { fetchKey } from './pin-key.ts';
import { pushCall } from './push-batch.ts';
import { readAnswer } from './read-answer.ts';
import type { Sink } from './sink.ts';
import { takeAnswer } from './take-answer.ts';
import type { Target } from './target.ts';

/** Our own collector: pushes with receipts (docs/sync-protocol.md). */
export function createCollectorSink(deps: SyncDeps, target: Target): Sink {
  let key: CollectorKey | null = null;
  return {
    maxEvents: MAX_PUSH_EVENTS,
    async send(run) {
      if (key === null) {
        const found = await pinnedKey(deps, target.endpoint);
        if ('failed' in found) return found;
        key = found.key;
      }
      const { call, sent } = pushCall(target, run);
      return takeAnswer(deps, key, sent, readAnswer(await callEndpoint(deps, call)));
    },
  };
}

/** The endpoint's key as pinned; learned now at the first contact. */
async function pinnedKey(deps: SyncDeps, endpoint: string) {
  const { collectorKey } = await deps.store.syncState();
  if (collectorKey !== null) return { key: collectorKey };
  const found = await fetchKey(deps, endpoint);
  if ('key' in found) await deps.store.setSync({ collectorKey: found.key });
  return found;
}
