import type { Json } from '../domain/event.ts';
import { attributesOf, nanos, type LogRecord, type Plain } from './otlp-json.ts';
import { spanIdOf, traceIdOf } from './otlp-ids.ts';

/**
 * The names that we send, and what of ours becomes which: the one place to change when the conventions do.
 * Pinned to the OpenTelemetry GenAI semantic conventions 1.42.0-dev (status: Development);
 * `countersign.*` are our own.
 */
export const SCHEMA_URL = 'https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev';

/** Event of the conventions: "the result of evaluating GenAI output". */
const EVALUATION = 'gen_ai.evaluation.result';
/** Value of `gen_ai.evaluation.name`. */
const HUMAN_REVIEW = 'human_review';
/** `SEVERITY_NUMBER_INFO`. */
const INFO = 9;

/** An entry of the trail, as far as it is told. Only ids, codes, counts and times are read of `data`. */
export interface ToldEvent {
  id: string;
  type: string;
  /** Milliseconds since 1970. */
  time: number;
  itemId: string;
  traceId: string;
  siteId: string;
  data: { [key: string]: Json };
}

/** A code, id or name of `data`; '' when it is none. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A whole number of `data`; null when it is none. */
export function wholeOf(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

/** Codes of `data`. */
export function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Labels of an evaluation by type of event. `undone` takes the one of the same decision id back. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['decision.approved', 'approve'],
  ['decision.edited', 'edit'],
  ['decision.rejected', 'reject'],
  ['decision.escalated', 'escalate'],
  ['decision.sent-back', 'send-back'],
  ['decision.undone', 'undone'],
]);

/** From 0, nothing of the output was of use, to 1, it was sent as it is; absent where nobody judged it. */
function scoreOf({ type, data }: ToldEvent): { double: number } | undefined {
  if (type === 'decision.approved') return { double: 1 };
  if (type === 'decision.rejected') return { double: 0 };
  const share = data['editShare'];
  if (type !== 'decision.edited' || typeof share !== 'number') return undefined;
  return { double: Math.round((1 - share) * 10_000) / 10_000 };
}

/** What a decision is told as, wherever it stands. */
export function decisionAttributes({ data }: ToldEvent): { [key: string]: Plain } {
  return {
    'countersign.decision.id': textOf(data['decisionId']),
    'countersign.reasons': textsOf(data['reasons']),
    'countersign.tier': textOf(data['tier']),
    'countersign.role': textOf(data['role']),
    'countersign.policy.version': textOf(data['policyVersion']),
  };
}

/**
 * The log record of an entry; null for those that judge no output. It hangs on the span of the capture,
 * which stands for the operation that is evaluated.
 */
export function evaluationOf(event: ToldEvent): LogRecord | null {
  const label = LABELS.get(event.type);
  if (label === undefined || event.itemId === '') return null;
  const { id, time, itemId, siteId, data } = event;
  return {
    timeUnixNano: nanos(time),
    observedTimeUnixNano: nanos(time),
    severityNumber: INFO,
    severityText: 'INFO',
    eventName: EVALUATION,
    attributes: attributesOf({
      // For receivers older than the member `eventName` (opentelemetry-proto 1.5).
      'event.name': EVALUATION,
      // The same when it is sent twice.
      'log.record.uid': id,
      'gen_ai.evaluation.name': HUMAN_REVIEW,
      'gen_ai.evaluation.score.label': label,
      'gen_ai.evaluation.score.value': scoreOf(event),
      'gen_ai.evaluation.explanation': textsOf(data['reasons']).join(' '),
      'gen_ai.response.id': textOf(data['outputId']),
      'gen_ai.response.model': textOf(data['model']),
      'countersign.item.id': itemId,
      'countersign.site.id': siteId,
      ...decisionAttributes(event),
    }),
    traceId: traceIdOf(event),
    spanId: spanIdOf(itemId, 'captured'),
  };
}
