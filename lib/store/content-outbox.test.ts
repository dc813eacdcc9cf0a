import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ContentLevel } from '../domain/content-level.ts';
import { freshName, testAssessment, testEnv, testItem } from './store.test-support.ts';
import { openStore, type Store } from './store.ts';

const ENDPOINT = 'https://collector.example';

let store: Store;
let env: ReturnType<typeof testEnv>;
let count = 0;

beforeEach(() => {
  store = openStore(freshName());
  env = testEnv();
});
afterEach(() => store.close());

/** A decision with its texts. */
async function decide(note = 'a note', itemId = `item-${(count += 1)}`): Promise<number> {
  return store.commit(env, async (tx) => {
    const item = testItem(itemId, { state: 'approved', updatedAt: env.now() });
    await tx.items.put(item);
    await tx.assessments.put(itemId, 1, testAssessment);
    const data = {
      draft: { ...(await tx.content(itemId, 'draft', 1, 'Dear Ana')) },
      note: { ...(await tx.content(itemId, 'note', 1, note)) },
    };
    const { seq } = await tx.append({
      type: 'decision.rejected',
      itemId,
      traceId: '',
      causationId: '',
      data,
    });
    return seq;
  });
}

async function ackAll(): Promise<void> {
  const head = await store.head();
  if (head === null) throw new Error('There is a head');
  await store.ack(head, null);
}

/** What would be sent, cursor by cursor: entry and level. */
async function drain(level: ContentLevel, limit = 10): Promise<[number, ContentLevel][]> {
  const sent: [number, ContentLevel][] = [];
  for (;;) {
    const batch = await store.unsentContents(level, limit);
    if (batch === null) return sent;
    sent.push(...batch.entries.map((entry): [number, ContentLevel] => [entry.seq, entry.level]));
    await store.contentsSent(batch.logid, batch.through, {});
  }
}

test('only of entries that are acknowledged, from the moment on that a level is set', async () => {
  await decide();
  await store.useContentLevel(ENDPOINT, 'full');
  const second = await decide();
  expect(await drain('full')).toEqual([]);
  await ackAll();
  const third = await decide();
  expect(await drain('full')).toEqual([[second, 'full']]);
  await ackAll();
  expect(await drain('full')).toEqual([[third, 'full']]);
  expect(await drain('full')).toEqual([]);
});

test('what was written under a lower level never leaves at a higher one, nor the other way', async () => {
  await store.useContentLevel(ENDPOINT, 'full');
  const full = await decide();
  await store.useContentLevel(ENDPOINT, 'edits');
  const edits = await decide();
  await store.useContentLevel(ENDPOINT, 'ids');
  await decide();
  await store.useContentLevel(ENDPOINT, 'full');
  const again = await decide();
  await ackAll();
  expect(await drain('ids')).toEqual([]);
  const before = await store.contentSyncState();
  expect(await drain('edits', 1)).toEqual([
    [full, 'edits'],
    [edits, 'edits'],
    [again, 'edits'],
  ]);
  await store.setContentSync({ sent: before.sent });
  expect(await drain('full', 1)).toEqual([
    [full, 'full'],
    [edits, 'edits'],
    [again, 'full'],
  ]);
});

test('another endpoint gets nothing from before', async () => {
  await store.useContentLevel(ENDPOINT, 'full');
  await decide();
  await store.useContentLevel('https://other.example', 'full');
  const later = await decide();
  await ackAll();
  expect(await drain('full')).toEqual([[later, 'full']]);
});

test('an endpoint that was set back is sent its texts again', async () => {
  await store.useContentLevel(ENDPOINT, 'full');
  const one = await decide();
  const two = await decide();
  await ackAll();
  expect(await drain('full')).toHaveLength(2);
  const head = await store.head();
  const back = { logid: head?.logid ?? '', seq: -1, hash: '' };
  expect(await store.ack(back, null)).toBe('ok');
  expect(await drain('full')).toEqual([]);
  await ackAll();
  expect(await drain('full')).toEqual([
    [one, 'full'],
    [two, 'full'],
  ]);
});

test('a level is carried over to a log that is begun later', async () => {
  await store.useContentLevel(ENDPOINT, 'edits');
  await decide();
  await ackAll();
  const old = await store.head();
  await store.stopLog(env, { logid: old?.logid ?? '', code: 'fork', seq: 1 });
  const seq = await decide();
  await ackAll();
  expect((await drain('full')).at(-1)).toEqual([seq, 'edits']);
});

test('receipts: of one signer the newest stays, of another its own', async () => {
  await decide();
  const { logid } = (await store.head()) ?? { logid: '' };
  const rows = async () => {
    const found: unknown[] = [];
    const how = { now: 0, extensionVersion: '0.1.0', contents: false };
    for await (const line of store.exportLines(how)) {
      const read = JSON.parse(line);
      if (read.line === 'receipt') found.push([read.seq, read.receipt]);
    }
    return found;
  };
  const ackAt = async (seq: number, key: string) => {
    const hash = (await store.unsynced(500, 1e6))?.events.find((row) => row.seq === seq)?.hash;
    expect(await store.ack({ logid, seq, hash: hash ?? '' }, { text: receipt(key), at: 1 })).toBe(
      'ok',
    );
  };
  const receipt = (key: string) => JSON.stringify({ key });
  await decide();
  await ackAt(0, 'other');
  await ackAt(1, 'a');
  await ackAt(2, 'a');
  expect(await rows()).toEqual([
    [0, receipt('other')],
    [2, receipt('a')],
  ]);
  expect(await store.witnessed()).toEqual(new Map([[logid, 2]]));
});
