import { attributesOf, nanos, type Plain, type Span } from './otlp-json.ts';
import { spanIdOf, traceIdOf } from './otlp-ids.ts';
import { decisionAttributes, textOf, textsOf, wholeOf, type ToldEvent } from './otlp-map.ts';

/** `SPAN_KIND_INTERNAL`. */
const INTERNAL = 1;

/** Types of entry after which nothing more is expected of an item. */
const LAST: readonly string[] = [
  'decision.rejected',
  'decision.sent-back',
  'decision.abstained',
  'release.human',
  'send.unreviewed',
  'delivery.match',
  'delivery.drifted',
  'delivery.unseen',
];

/** Whether an item ends with this entry. An answer is copied, not sent: its decision is its end. */
function isLast(event: ToldEvent, isAnswer: boolean): boolean {
  const { type, data } = event;
  if (LAST.includes(type)) return true;
  if (type === 'item.changed') {
    return data['state'] === 'withdrawn' || data['state'] === 'superseded';
  }
  return isAnswer && (type === 'decision.approved' || type === 'decision.edited');
}

/** Whether an entry may end its item, without the others known. */
export function mayEnd(event: ToldEvent): boolean {
  return event.itemId !== '' && isLast(event, true);
}

interface Part {
  /** Makes the id of the span, together with the item. */
  part: string;
  name: string;
  from: number;
  to: number;
  attributes: { [key: string]: Plain | undefined };
  isError?: boolean;
}

/** The output as it was captured: a span as long as it took where that is known, else a point. */
function captured(opened: ToldEvent, output: ToldEvent | null): Part {
  const data = output?.data ?? {};
  const usage = data['usage'];
  const tokens = typeof usage === 'object' && usage !== null && !Array.isArray(usage) ? usage : {};
  const to = output?.time ?? opened.time;
  const firstByte = wholeOf(data['firstByteMs']);
  return {
    part: 'captured',
    name: 'captured',
    from: to - (wholeOf(data['totalMs']) ?? 0),
    to,
    attributes: {
      'gen_ai.response.id': textOf(opened.data['outputId']),
      'gen_ai.response.model': textOf(opened.data['model']) || textOf(data['model']),
      'gen_ai.response.finish_reasons':
        textOf(data['finish']) === '' ? [] : [textOf(data['finish'])],
      'gen_ai.response.time_to_first_chunk':
        firstByte === null ? null : { double: firstByte / 1000 },
      'gen_ai.usage.input_tokens': wholeOf(tokens['input']),
      'gen_ai.usage.output_tokens': wholeOf(tokens['output']),
      'countersign.evidence': textsOf(data['evidence'] ?? opened.data['evidence']),
      // Without it the times are those of the item: nothing is made up.
      'countersign.output.known': output !== null,
    },
  };
}

/** The entry with which the draft was checked against its sources: a point in time. */
function checked({ time, data }: ToldEvent): Part {
  return {
    part: 'checked',
    name: 'checked',
    from: time,
    to: time,
    attributes: { 'countersign.tier': textOf(data['tier']) },
  };
}

/** What a person decided, from when it could be decided. */
function decided(event: ToldEvent, since: number): Part {
  const { type, id, time } = event;
  return {
    part: `decided/${id}`,
    name: 'decided',
    from: since,
    to: time,
    attributes: { 'countersign.decision': type, ...decisionAttributes(event) },
  };
}

/** How it left, from the decision. */
function delivered({ type, id, time, data }: ToldEvent, since: number): Part {
  return {
    part: `delivered/${id}`,
    name: 'delivered',
    from: since,
    to: time,
    attributes: {
      'countersign.delivery': type,
      'countersign.delivery.how': textOf(data['how']) || textOf(data['via']),
    },
    isError: type === 'delivery.drifted',
  };
}

/**
 * The spans that the last of an item's entries completes; none when the item does not end with it. `events`
 * are all entries of the item up to that one, in order; `output` tells of its output, null if unknown. An
 * item that goes on after an end (undone, read back again) gets only the new spans, in the same trace, so
 * every span is made once and is the same each time it is made.
 */
export function spansOf(events: readonly ToldEvent[], output: ToldEvent | null): Span[] {
  const last = events.at(-1);
  const [first] = events;
  if (first === undefined || last === undefined) return [];
  const isAnswer = events.some((each) => each.data['kind'] === 'answer');
  if (!isLast(last, isAnswer)) return [];
  const before = events.slice(0, -1).findLastIndex((each) => isLast(each, isAnswer));
  const opened = events.find(({ type }) => type === 'item.opened') ?? first;
  const capture = captured(opened, output);
  let since = opened.time;
  const parts: Part[] = [];
  for (const [at, event] of events.entries()) {
    const isNew = at > before;
    const isDecision = event.type.startsWith('decision.') || event.type === 'release.human';
    const isDelivery = event.type.startsWith('delivery.') || event.type === 'send.unreviewed';
    if (isNew && isDecision) parts.push(decided(event, since));
    if (isNew && isDelivery) parts.push(delivered(event, since));
    if (isDecision) since = event.time;
  }
  const isFirst = before === -1;
  const root: Part = {
    part: 'review',
    name: 'review',
    from: Math.min(capture.from, first.time),
    to: last.time,
    attributes: {
      'countersign.end': last.type,
      'countersign.end.state': textOf(last.data['state']),
    },
    isError: last.type === 'delivery.drifted',
  };
  return [...(isFirst ? [root, capture, checked(opened)] : []), ...parts].map((part) =>
    span(first, part),
  );
}

function span(of: ToldEvent, { part, name, from, to, attributes, isError = false }: Part): Span {
  const { itemId, siteId } = of;
  return {
    traceId: traceIdOf(of),
    spanId: spanIdOf(itemId, part),
    parentSpanId: part === 'review' ? '' : spanIdOf(itemId, 'review'),
    name,
    kind: INTERNAL,
    startTimeUnixNano: nanos(from),
    // A clock that was set back must not make a span end before it starts.
    endTimeUnixNano: nanos(Math.max(from, to)),
    attributes: attributesOf({
      'countersign.item.id': itemId,
      'countersign.site.id': siteId,
      ...attributes,
    }),
    status: isError ? { code: 2 } : {},
  };
}
