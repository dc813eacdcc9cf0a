/** What a page does with streams, timed where the page stands. Times in milliseconds. */
const clock = () => performance.timeOrigin + performance.now();

const MODEL_CALL = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ model: 'bench', stream: true, messages: [] }),
};

async function readerOf(url: string) {
  const { body } = await fetch(url, MODEL_CALL);
  if (body === null) throw new Error('no body');
  return body.getReader();
}

const probes = {
  /** Events of an answer at a steady pace: time for all, and how late each was after it was sent. */
  async paced(events: number, perSecond: number) {
    const start = performance.now();
    const reader = await readerOf(`/v1/chat/completions?events=${events}&rate=${perSecond}`);
    const decoder = new TextDecoder();
    const lags: number[] = [];
    let rest = '';
    let count = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const at = clock();
      rest += decoder.decode(next.value, { stream: true });
      const frames = rest.split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        if (!frame.startsWith('data: {')) continue;
        count += 1;
        const parsed = JSON.parse(frame.slice(6)) as { sent: number };
        lags.push(at - parsed.sent);
      }
    }
    return { ms: performance.now() - start, count, lags };
  },
  /** From the call of fetch to the first bytes in the page's hands. */
  async firstByte() {
    const start = performance.now();
    const reader = await readerOf('/v1/chat/completions?events=1&rate=1000');
    await reader.read();
    const ms = performance.now() - start;
    for (let next = await reader.read(); !next.done; next = await reader.read());
    return ms;
  },
  /** Megabytes a second of an event stream that comes as fast as it is read. */
  async bulk(kind: 'plain' | 'answer', mebibytes: number) {
    const start = performance.now();
    const reader = await readerOf(`/bulk?kind=${kind}&mib=${mebibytes}`);
    let bytes = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read())
      bytes += next.value.byteLength;
    return bytes / 1e3 / (performance.now() - start);
  },
  /** Megabytes a second of one JSON document, read whole, as apps read their data. */
  async json(mebibytes: number) {
    const start = performance.now();
    const response = await fetch(`/json?mib=${mebibytes}`);
    const data = (await response.json()) as { rows: unknown[] };
    return (data.rows.length * 1024) / 1e3 / (performance.now() - start);
  },
  /** Reads a few events of an endless stream, stops; says when. */
  async stop(id: string) {
    const reader = await readerOf(`/ticks?id=${id}`);
    for (let seen = 0; seen < 3; seen += 1) await reader.read();
    const at = clock();
    await reader.cancel();
    return at;
  },
  /** Reads one chunk and waits; the server counts what it could push. */
  async oneChunk(id: string) {
    const reader = await readerOf(`/bulk?kind=plain&mib=64&id=${id}`);
    await reader.read();
    kept.set(id, reader);
  },
  async release(id: string) {
    await kept.get(id)?.cancel();
    kept.delete(id);
  },
};

const kept = new Map<string, ReadableStreamDefaultReader<Uint8Array>>();

/** The probes, as the bench calls them. */
export type Probes = typeof probes;

Object.assign(globalThis, { probes });
