import * as z from 'zod/mini';

/** A value as OTLP/JSON writes it: 64-bit integers as decimal text. */
export type AnyValue =
  | { stringValue: string }
  | { intValue: string }
  | { doubleValue: number }
  | { boolValue: boolean }
  | { arrayValue: { values: AnyValue[] } };

/** One attribute. */
export interface KeyValue {
  key: string;
  value: AnyValue;
}

/** What an attribute is made of; null and undefined are left out. `double` keeps whole numbers doubles. */
export type Plain = string | number | boolean | readonly string[] | { double: number } | null;

function anyValue(value: NonNullable<Plain>): AnyValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if ('double' in value) return { doubleValue: value.double };
  return { arrayValue: { values: value.map((each) => ({ stringValue: each })) } };
}

/** Attributes of the values that are there; an empty text or list is not. */
export function attributesOf(values: { readonly [key: string]: Plain | undefined }): KeyValue[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === null || value === undefined || value === '') return [];
    if (Array.isArray(value) && value.length === 0) return [];
    return [{ key, value: anyValue(value) }];
  });
}

/** Milliseconds since 1970 as the nanoseconds of OTLP/JSON. */
export function nanos(ms: number): string {
  return `${Math.max(0, Math.trunc(ms))}000000`;
}

/** `opentelemetry.proto.logs.v1.LogRecord`, the members that we write. */
export interface LogRecord {
  timeUnixNano: string;
  observedTimeUnixNano: string;
  severityNumber: number;
  severityText: string;
  eventName: string;
  attributes: KeyValue[];
  traceId: string;
  spanId: string;
}

/** `opentelemetry.proto.trace.v1.Span`, the members that we write. `status.code` 2 is an error. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: KeyValue[];
  status: { code?: 2 };
}

/** Who speaks: one device's log, as a version of us. */
export interface Source {
  logid: string;
  version: string;
  /** Schema of the names that are used. */
  schemaUrl: string;
}

function wrap({ logid, version, schemaUrl }: Source) {
  return {
    resource: {
      attributes: attributesOf({
        'service.name': 'countersign',
        'service.version': version,
        'service.instance.id': logid,
      }),
    },
    scope: { name: 'dev.countersign', version },
    schemaUrl,
  };
}

/** `ExportLogsServiceRequest`. */
export function logsRequest(source: Source, logRecords: readonly LogRecord[]) {
  const { resource, scope, schemaUrl } = wrap(source);
  return {
    resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords, schemaUrl }], schemaUrl }],
  };
}

/** `ExportTraceServiceRequest`. */
export function tracesRequest(source: Source, spans: readonly Span[]) {
  const { resource, scope, schemaUrl } = wrap(source);
  return {
    resourceSpans: [{ resource, scopeSpans: [{ scope, spans, schemaUrl }], schemaUrl }],
  };
}

/** A 64-bit integer, which receivers write as text or as a number. */
const count = z.union([
  z.int().check(z.gte(0)),
  z.pipe(z.string().check(z.regex(/^\d{1,15}$/)), z.transform(Number)),
]);

/** `Export…ServiceResponse`: what was refused for good. Receivers may add members. */
export const exportReply = z.looseObject({
  partialSuccess: z.optional(
    z.nullable(
      z.looseObject({
        rejectedLogRecords: z.optional(count),
        rejectedSpans: z.optional(count),
      }),
    ),
  ),
});
