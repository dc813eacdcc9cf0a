import type { Unsynced } from '../store/sync-log.ts';
import { createCollectorSink } from './collector-sink.ts';
import type { SyncDeps } from './deps.ts';
import { createOtlpSink } from './otlp-sink.ts';
import type { Failure } from './problems.ts';
import type { Target } from './target.ts';
import { createWebhookSink } from './webhook-sink.ts';

/**
 * What to do after a run of events: go on with at most `limit` events, or stop for a failure. `acked`:
 * sent and held there; `onward`: something else was settled; `setback`: no more is held than before;
 * `smaller`: the run was too large, and `limit` holds from now on.
 */
export type Next =
  | { limit: number; step: 'acked' | 'onward' | 'setback' | 'smaller' }
  | { failed: Failure };

/** One kind of endpoint: it takes runs of events, in order, and moves the cursor to what is held there. */
export interface Sink {
  /** Most events of one run. */
  maxEvents: number;
  send(run: Unsynced): Promise<Next>;
}

/** The sink of a target's kind. */
export function createSink(deps: SyncDeps, target: Target): Sink {
  switch (target.kind) {
    case 'collector':
      return createCollectorSink(deps, target);
    case 'webhook':
      return createWebhookSink(deps, target);
    case 'otlp':
      return createOtlpSink(deps, target);
  }
}
