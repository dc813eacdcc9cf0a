import * as z from 'zod/mini';
import type { OtlpReceiver } from './otlp-receiver.ts';

const attributes = z.pipe(
  z.array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })),
  z.transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, value]))),
);
const time = z.pipe(
  z.string(),
  z.transform((nanos) => Number(BigInt(nanos) / 1_000_000n)),
);
const logRecord = z.object({
  timeUnixNano: time,
  severityNumber: z.number(),
  eventName: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  attributes,
});
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: time,
  endTimeUnixNano: time,
  attributes,
  status: z.object({ code: z.optional(z.number()) }),
});
const resource = z.object({ attributes });
const logs = z.object({
  resourceLogs: z.array(
    z.object({
      resource,
      schemaUrl: z.string(),
      scopeLogs: z.array(z.object({ logRecords: z.array(logRecord) })),
    }),
  ),
});
const traces = z.object({
  resourceSpans: z.array(
    z.object({ resource, scopeSpans: z.array(z.object({ spans: z.array(span) })) }),
  ),
});

const at = (receiver: OtlpReceiver, path: string) =>
  receiver.exports.filter((each) => each.path === path).map(({ json }) => json);

/** All log records that a receiver took, in order; times in milliseconds. */
export function logRecordsOf(receiver: OtlpReceiver) {
  return at(receiver, '/v1/logs')
    .flatMap((json) => logs.parse(json).resourceLogs)
    .flatMap(({ scopeLogs, ...of }) =>
      scopeLogs.flatMap(({ logRecords }) => logRecords.map((record) => ({ ...record, of }))),
    );
}

/** All spans that a receiver took, in order; times in milliseconds. */
export function spansIn(receiver: OtlpReceiver) {
  return at(receiver, '/v1/traces')
    .flatMap((json) => traces.parse(json).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}
