import { describe, expect, it } from 'vitest';
import type { BodySink } from './body-sink.ts';
import { createLazyBody } from './lazy-body.ts';

function recorder() {
  const told: string[] = [];
  const sink: BodySink = {
    bytes: (chunk) => told.push(new TextDecoder().decode(chunk)),
    text: (whole) => told.push(whole),
    end: (how) => told.push(`<${how}>`),
  };
  return { told, sink };
}

const bytes = (text: string) => new TextEncoder().encode(text);

/** A body that has come whole before it is read: it closes as its last chunk is taken. */
const arrived = (...chunks: string[]) =>
  new ReadableStream({
    type: 'bytes',
    start(controller) {
      for (const chunk of chunks) controller.enqueue(bytes(chunk));
      controller.close();
    },
  });

describe('a lazy body', () => {
  it('gives the last chunk of a body that closes while it is taken', async () => {
    const { told, sink } = recorder();
    const native = arrived('one', 'two');
    const { stream } = createLazyBody(() => native, sink);
    expect(await new Response(stream).text()).toBe('onetwo');
    expect(told).toEqual(['one', 'two', '<end>']);
  });

  it('ends for a page that waits on closed and reads no more', async () => {
    const { told, sink } = recorder();
    const native = arrived('one');
    const reader = createLazyBody(() => native, sink).stream.getReader();
    await reader.read();
    await reader.closed;
    expect(told).toEqual(['one', '<end>']);
  });

  it('takes nothing before the page pulls', async () => {
    let pulls = 0;
    const native = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull(controller) {
          pulls += 1;
          controller.enqueue(bytes('x'));
        },
      },
      { highWaterMark: 0 },
    );
    const reader = createLazyBody(() => native, recorder().sink).stream.getReader();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([pulls, native.locked]).toEqual([0, false]);
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([pulls, native.locked]).toEqual([1, true]);
  });

  it("passes the page's reason to the native body, and tells the line's fault from an abort", async () => {
    const { told, sink } = recorder();
    let reason: unknown;
    const native = new ReadableStream<Uint8Array<ArrayBuffer>>({
      cancel: (why) => void (reason = why),
    });
    await createLazyBody(() => native, sink).stream.cancel('enough');
    expect(reason).toBe('enough');

    const broken = (why: unknown) =>
      new ReadableStream<Uint8Array<ArrayBuffer>>({ pull: (controller) => controller.error(why) });
    for (const why of [new TypeError('network error'), new DOMException('stop', 'AbortError')]) {
      const { stream } = createLazyBody(() => broken(why), sink);
      await expect(stream.getReader().read()).rejects.toBe(why);
    }
    expect(told).toEqual(['<cancel>', '<error>', '<cancel>']);
  });

  it('refuses as the native body does when something else took it', async () => {
    const native = arrived('one');
    native.getReader();
    const { stream } = createLazyBody(() => native, recorder().sink);
    await expect(stream.getReader().read()).rejects.toThrow(TypeError);
  });
});
