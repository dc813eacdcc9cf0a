/* oxlint-disable typescript/unbound-method -- unbound on purpose: each is called by `apply` */
/**
 * The platform's own functions, taken at document_start: what a page patches later neither sees the
 * tap's work nor can break it.
 */
const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;

/** A method as a function of its receiver, called without looking anything up on the page. */
function free<Self, Args extends readonly unknown[], Result>(
  method: (this: Self, ...args: Args) => Result,
): (self: Self, ...args: Args) => Result {
  return (self, ...args) => apply(method, self, args);
}

/** A prototype's getter as a function of its receiver. */
function getter<Self extends object, Key extends keyof Self>(
  prototype: Self,
  key: Key,
): (self: Self) => Self[Key] {
  const get = getOwnPropertyDescriptor(prototype, key)?.get;
  if (get === undefined) throw new TypeError(`No getter ${String(key)}`);
  return (self) => apply(get, self, []);
}

const response = Response.prototype;
const stream: ReadableStream<Uint8Array<ArrayBuffer>> = ReadableStream.prototype;
const reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> =
  ReadableStreamDefaultReader.prototype;
const byteController = ReadableByteStreamController.prototype;

export { apply, defineProperty, getOwnPropertyDescriptor };
export const Bytes = Uint8Array;
export const Stream = ReadableStream;
export const parseJson = JSON.parse;
export const now: () => number = performance.now.bind(performance);

export const bodyOf = getter(response, 'body');
export const urlOf = getter(response, 'url');
export const statusOf = getter(response, 'status');
export const headersOf = getter(response, 'headers');
export const header = free(Headers.prototype.get);
export const readText = free(response.text);
export const readArrayBuffer = free(response.arrayBuffer);
export const readBlob = free(response.blob);
export const readBytes = free(response.bytes);
export const cloneResponse = free(response.clone);
export const blobBuffer = free(Blob.prototype.arrayBuffer);

export const isLocked = getter(stream, 'locked');
export const cancelStream = free(stream.cancel);
export const read = free(reader.read);
export const cancelReader = free(reader.cancel);
export const closedOf = getter(reader, 'closed');
export const enqueue = free(byteController.enqueue);
export const close = free(byteController.close);
export const fail = free(byteController.error);
export const byobRequestOf = getter(byteController, 'byobRequest');
export const respond = free(ReadableStreamBYOBRequest.prototype.respond);

/** `stream.getReader()`: a default reader. Throws TypeError when the stream is locked. */
export function readerOf(
  of: ReadableStream<Uint8Array<ArrayBuffer>>,
): ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> {
  return apply(getReader, of, []);
}
const getReader: (
  this: ReadableStream<Uint8Array<ArrayBuffer>>,
) => ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> = stream.getReader;

const promiseThen = Promise.prototype.then;

/** `promise.then(done, failed)` with the platform's `then`. */
export function after<Value, Result>(
  promise: Promise<Value>,
  done: (value: Value) => Result | Promise<Result>,
  failed?: (reason: unknown) => Result,
): Promise<Result> {
  return apply(promiseThen, promise, [done, failed]);
}

const { postMessage } = MessagePort.prototype;
export const post: (port: MessagePort, message: unknown) => void = (port, message) => {
  apply(postMessage, port, [message]);
};

const decoder = new TextDecoder();
const decodeBytes = decoder.decode;

/** UTF-8 to text; broken or cut sequences become U+FFFD. */
export const decode: (bytes: Uint8Array) => string = (bytes) =>
  apply(decodeBytes, decoder, [bytes]);
