import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { draft, freshName, testEnv } from './store.test-support.ts';
import { openStore } from './store.ts';

test('unsent entries come in order, within count and bytes, and the cursor moves by ack', async () => {
  const store = openStore(freshName());
  const env = testEnv();
  expect(await store.unsynced(10, 1_000)).toBeNull();
  await store.commit(env, async (tx) => {
    for (let n = 0; n < 120; n += 1) await tx.append(draft('item.changed', { n }));
  });
  const seqs = async (limit: number, bytes: number) =>
    (await store.unsynced(limit, bytes))?.events.map((event) => event.seq);
  expect(await seqs(3, 1e6)).toEqual([0, 1, 2]);
  expect(await seqs(500, 1e6)).toHaveLength(121);
  expect(await seqs(100, 1e6)).toHaveLength(100);
  const batch = await store.unsynced(500, 5_000);
  const bytes = (batch?.events ?? []).map((event) => Buffer.byteLength(event.raw));
  const sum = bytes.reduce((a, b) => a + b, 0);
  expect(sum).toBeLessThanOrEqual(5_000);
  expect(sum + Math.max(...bytes) + 10).toBeGreaterThan(5_000);
  // One entry larger than the limit goes alone rather than never.
  expect(await seqs(500, 1)).toEqual([0]);

  const head = await store.head();
  const logid = head?.logid ?? '';
  const row = (await store.unsynced(500, 1e6))?.events[59];
  const at59 = { logid, seq: 59, hash: row?.hash ?? '' };
  expect(await store.ack(at59, { text: 'signed', at: 7 })).toBe('ok');
  expect(await seqs(2, 1e6)).toEqual([60, 61]);
  expect((await store.counts(0)).unsynced).toBe(61);
  expect(await store.ack({ ...at59, hash: '00'.repeat(32) }, null)).toBe('mismatch');
  expect(await store.ack({ ...at59, seq: 5_000 }, null)).toBe('unknown');
  expect((await store.syncState()).cursors).toEqual([
    { logid, ackedSeq: 59, ackedHash: at59.hash },
  ]);
  expect(await store.verify({ mirror: head, since: null })).toMatchObject({
    state: 'verified',
    synced: 60,
    witnessed: 60,
  });

  // The endpoint was restored from a copy: it says less, and is sent the rest again.
  expect(await store.ack({ logid, seq: -1, hash: '' }, null)).toBe('ok');
  expect(await seqs(1, 1e6)).toEqual([0]);
  if (head !== null) await store.ack(head, null);
  expect(await store.unsynced(10, 1_000)).toBeNull();
  expect((await store.counts(0)).unsynced).toBe(0);
  store.close();
});

test('the sending state survives and is changed in parts', async () => {
  const name = freshName();
  const store = openStore(name);
  expect(await store.syncState()).toMatchObject({
    nextAt: 0,
    attempt: 0,
    lastProblem: null,
    lastOkAt: null,
    cursors: [],
  });
  await store.setSync({ attempt: 3, nextAt: 99 });
  await store.setSync({ lastProblem: { code: 'http-500', detail: '', at: 5 } });
  store.close();
  const again = openStore(name);
  expect(await again.syncState()).toMatchObject({
    nextAt: 99,
    attempt: 3,
    lastProblem: { code: 'http-500' },
  });
  again.close();
});

test('another endpoint starts at nothing; another credential is only tried at once', async () => {
  const store = openStore(freshName());
  await store.commit(testEnv(), (tx) => tx.append(draft('item.opened')));
  const head = await store.head();
  if (head === null) throw new Error('There is a head');
  await store.useEndpoint('https://a.example', 'a1');
  await store.ack(head, null);
  const collectorKey = { id: 'k', publicKey: 'p' };
  await store.setSync({ attempt: 4, nextAt: 99, collectorKey });

  await store.useEndpoint('https://a.example', 'a1');
  expect(await store.syncState()).toMatchObject({ attempt: 4, nextAt: 99, collectorKey });
  await store.useEndpoint('https://a.example', 'a2');
  expect(await store.syncState()).toMatchObject({ attempt: 0, nextAt: 0, collectorKey });
  expect(await store.unsynced(10, 1e6)).toBeNull();
  await store.useEndpoint('https://b.example', 'b');
  expect(await store.syncState()).toMatchObject({ collectorKey: null, cursors: [] });
  expect((await store.unsynced(10, 1e6))?.from).toBe(0);
  store.close();
});

test('a stopped log is sent no more, and writing goes on in a new one that links it', async () => {
  const store = openStore(freshName());
  const env = testEnv();
  await store.commit(env, (tx) => tx.append(draft('item.opened')));
  const old = await store.head();
  if (old === null) throw new Error('There is a head');
  await store.ack({ ...old, seq: -1, hash: '' }, null);
  expect(await store.stopLog(env, { logid: old.logid, code: 'fork', seq: 1 })).toBe(true);
  const head = await store.head();
  expect(head?.logid).not.toBe(old.logid);
  expect(head?.seq).toBe(1);
  const batch = await store.unsynced(10, 1e6);
  expect(batch?.logid).toBe(head?.logid);
  expect(JSON.parse(batch?.events[1]?.raw ?? '{}')).toMatchObject({
    type: 'dev.countersign.integrity.failed.v1',
    data: { code: 'fork', logid: old.logid, seq: 1 },
  });
  expect(await store.verify({ mirror: head, since: null })).toMatchObject({ state: 'verified' });
  // Stopping a log that is not being written any more begins nothing.
  expect(await store.stopLog(env, { logid: old.logid, code: 'fork', seq: 1 })).toBe(false);
  expect(await store.head()).toEqual(head);
  // What was not sent is never called sent.
  if (head !== null) await store.ack(head, null);
  expect((await store.counts(0)).unsynced).toBe(2);
  store.close();
});
