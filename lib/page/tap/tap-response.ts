import { createBodySink, type BodyFacts, type BodySink } from './body-sink.ts';
import { createLazyBody, type LazyBody } from './lazy-body.ts';
import { MAX_WHOLE_BODY, type TapMessage } from './messages.ts';
import {
  blobBuffer,
  bodyOf,
  Bytes,
  cloneResponse,
  defineProperty,
  isLocked,
  parseJson,
  readArrayBuffer,
  readBlob,
  readBytes,
  readText,
  after,
} from './primordials.ts';

/**
 * Makes a native response tell its body as the page reads it. The response stays the native object;
 * it gains own, non-enumerable members that do what the native ones do.
 */
export function tapResponse(
  response: Response,
  facts: BodyFacts,
  tell: (message: TapMessage) => void,
): void {
  const sink = createBodySink(facts, tell);
  let lazy: LazyBody | undefined;

  /** The native read, told when it succeeds; a refusal reaches the page as it is. */
  const told =
    <Value>(native: (self: Response) => Promise<Value>, tellOf: (value: Value) => void) =>
    (): Promise<Value> => {
      lazy?.agree();
      const reading = native(response);
      lazy?.retire();
      return after(reading, (value) => {
        tellOf(value);
        return value;
      });
    };
  const wholeBytes = (bytes: Uint8Array) => {
    sink.bytes(bytes);
    sink.end('end');
  };

  const own = (name: string, value: () => unknown) =>
    defineProperty(response, name, { value, writable: true, configurable: true });

  const text = told(readText, sink.text);
  own('text', text);
  // What the platform's json() does: the text, then one parse of it.
  own('json', () => after(text(), (body): unknown => parseJson(body)));
  own(
    'arrayBuffer',
    told(readArrayBuffer, (buffer) => wholeBytes(new Bytes(buffer))),
  );
  own('bytes', told(readBytes, wholeBytes));
  own(
    'blob',
    told(readBlob, (blob) => tellBlob(blob, sink)),
  );
  own('clone', () => {
    lazy?.agree();
    const copy = cloneResponse(response);
    // As natively, a clone retires the body looked at before it; the next look gives a new one.
    lazy?.retire();
    lazy = undefined;
    facts.cloned = true;
    tapResponse(copy, facts, tell);
    return copy;
  });
  defineProperty(response, 'body', {
    get() {
      const native = bodyOf(response);
      if (lazy === undefined && (native === null || isLocked(native))) return native;
      return (lazy ??= createLazyBody(() => bodyOf(response), sink)).stream;
    },
    configurable: true,
  });
}

function tellBlob(blob: Blob, sink: BodySink): void {
  if (blob.size > MAX_WHOLE_BODY) return;
  void after(
    blobBuffer(blob),
    (buffer) => {
      sink.bytes(new Bytes(buffer));
      sink.end('end');
    },
    () => sink.end('error'),
  );
}
