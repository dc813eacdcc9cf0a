import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { startReceiver, type Answer, type Received, type Receiver } from './receiver.ts';

/** One message of the code that OpenTelemetry JS generates from opentelemetry-proto. */
interface Message {
  fromObject(value: object): object;
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
  toObject(message: object, options: object): object;
}

interface Service {
  v1: { [name: string]: Message | undefined };
}
interface Generated {
  opentelemetry: { proto: { collector: { logs: Service; trace: Service } } };
}

const REQUESTS: ReadonlyMap<string, readonly ['logs' | 'trace', string]> = new Map([
  ['/v1/logs', ['logs', 'ExportLogsServiceRequest']],
  ['/v1/traces', ['trace', 'ExportTraceServiceRequest']],
]);

const require = createRequire(import.meta.url);
// 0.213 is the last version with code that also reads requests; later ones only write them.
const generated: Generated = require('@opentelemetry/otlp-transformer/build/src/generated/root.js');

function messageOf(path: string): Message {
  const [service, name] = REQUESTS.get(path) ?? [];
  if (service === undefined || name === undefined) throw new Error(`no signal at ${path}`);
  const message = generated.opentelemetry.proto.collector[service].v1[name];
  if (message === undefined) throw new Error(`no message ${name}`);
  return message;
}

/** Ids are hex in OTLP/JSON and bytes in protobuf; an empty one is absent. */
function idsTo(value: unknown, to: (hex: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => idsTo(each, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [
      key,
      /^(trace|span|parentSpan)Id$/.test(key) ? to(String(own)) : idsTo(own, to),
    ]),
  );
}

function bytesOf(hex: string): Buffer {
  if (!/^([0-9a-f]{32}|[0-9a-f]{16}|)$/.test(hex)) throw new Error(`${hex} is no id`);
  return Buffer.from(hex, 'hex');
}

const isEmpty = (value: unknown) =>
  value === '' || (Array.isArray(value) && value.length === 0) || value === null;

/** Without members that stand for nothing: protobuf does not tell them from absent ones. */
function lean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, own]) => !isEmpty(own))
      .map(([key, own]) => [key, lean(own)]),
  );
}

/**
 * Reads an export as protobuf: throws unless every member is one of the schema, of its type, and what was
 * written comes back the same after a turn through the bytes.
 */
export function parseExport({ path, body, headers }: Received): object {
  if (headers['content-type'] !== 'application/json') throw new Error('not OTLP/JSON');
  const json: object = JSON.parse(body);
  const message = messageOf(path);
  const bytes = message.encode(message.fromObject(Object(idsTo(json, bytesOf)))).finish();
  const back = message.toObject(message.decode(bytes), { longs: String, bytes: String });
  const hex = idsTo(back, (text) => Buffer.from(text, 'base64').toString('hex'));
  if (!isDeepStrictEqual(lean(hex), lean(json))) {
    throw new Error(`not of the schema: ${body} came back as ${JSON.stringify(hex)}`);
  }
  return json;
}

/** A receiver of OTLP/HTTP on loopback; `exports` are the requests it could read. */
export interface OtlpReceiver extends Receiver {
  exports: { path: string; json: object }[];
  /** What is answered to a request that could be read, instead of "taken". */
  reply: ((request: Received) => Answer | null) | null;
}

/** Starts one: 200 for what it can read, 400 for what it can't, 404 elsewhere. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const receiver: OtlpReceiver = Object.assign(await startReceiver(), {
    exports: [],
    reply: null,
  });
  receiver.answer = (request) => {
    if (!REQUESTS.has(request.path)) return { status: 404 };
    const headers = { 'content-type': 'application/json' };
    let json: object;
    try {
      json = parseExport(request);
    } catch (error) {
      return { status: 400, headers, body: JSON.stringify({ message: String(error) }) };
    }
    const own = receiver.reply?.(request) ?? null;
    if (own !== null) return own;
    receiver.exports.push({ path: request.path, json });
    return { status: 200, headers, body: '{}' };
  };
  return receiver;
}
