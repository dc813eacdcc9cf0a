import type { BodySink } from './body-sink.ts';
import {
  byobRequestOf,
  cancelReader,
  cancelStream,
  close,
  closedOf,
  enqueue,
  fail,
  isLocked,
  read,
  readerOf,
  respond,
  Stream,
  after,
} from './primordials.ts';

type ByteStream = ReadableStream<Uint8Array<ArrayBuffer>>;
type ByteReader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

/** The stream a page reads instead of the native body, and the way to keep the two in step. */
export interface LazyBody {
  stream: ByteStream;
  /** Locks the native body when the page has locked this one: the native methods then refuse. */
  readonly agree: () => void;
  /** Locks this stream for good: the native body went another way (read whole, or cloned). */
  readonly retire: () => void;
}

/**
 * A byte stream that reads the native body only as the page pulls it (high water mark 0), so that
 * back-pressure, Stop and abort reach the server as without it. The native reader is taken at the
 * first pull: until then `text()`, `clone()` and the rest still work on the native response.
 */
export function createLazyBody(nativeBody: () => ByteStream | null, sink: BodySink): LazyBody {
  let reader: ByteReader | undefined;
  let reading = false;
  let nativeClosed = false;
  let settled = false;
  let followed = false;

  const take = (): ByteReader => {
    const native = nativeBody();
    if (native === null) throw new TypeError('The response has no body');
    return (reader = readerOf(native));
  };

  const finish = (controller: ReadableByteStreamController): void => {
    if (settled) return;
    settled = true;
    sink.end('end');
    close(controller);
    const pending = byobRequestOf(controller);
    if (pending !== null) respond(pending, 0);
  };

  const breakOff = (controller: ReadableByteStreamController, reason: unknown): void => {
    if (settled) return;
    settled = true;
    // The line breaks with a TypeError; a page's abort breaks with the reason it gave.
    sink.end(reason instanceof TypeError ? 'error' : 'cancel');
    fail(controller, reason);
  };

  /** Passes the native end on to a page that waits on `reader.closed` and not on a last read. */
  const follow = (controller: ReadableByteStreamController, from: ByteReader): void => {
    const closed = () => {
      nativeClosed = true;
      // The stream counts as closed before its last chunk reaches the read that is under way.
      if (!reading) finish(controller);
    };
    void after(closedOf(from), closed, (reason) => breakOff(controller, reason));
  };

  const step = (controller: ReadableByteStreamController, from: ByteReader): Promise<void> => {
    reading = true;
    return after(
      read(from),
      ({ done, value }) => {
        reading = false;
        if (settled) return undefined;
        if (done) return finish(controller);
        // A byte stream takes no empty chunk; the page's read goes on waiting.
        if (value.byteLength === 0) return step(controller, from);
        sink.bytes(value);
        enqueue(controller, value);
        return nativeClosed ? finish(controller) : undefined;
      },
      (reason) => breakOff(controller, reason),
    );
  };

  const stream: ByteStream = new Stream(
    {
      type: 'bytes',
      pull(controller) {
        const from = reader ?? take();
        if (!followed) follow(controller, from);
        followed = true;
        return step(controller, from);
      },
      cancel(reason) {
        settled = true;
        sink.end('cancel');
        if (reader !== undefined) return cancelReader(reader, reason);
        const native = nativeBody();
        return native === null ? undefined : cancelStream(native, reason);
      },
    },
    { highWaterMark: 0 },
  );

  return {
    stream,
    agree() {
      if (reader === undefined && isLocked(stream)) take();
    },
    retire() {
      if (!isLocked(stream)) readerOf(stream);
    },
  };
}
