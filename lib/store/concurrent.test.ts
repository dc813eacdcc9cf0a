import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { StoreUnavailable } from './errors.ts';
import { draft, freshName, testEnv, testItem } from './store.test-support.ts';
import { openStore } from './store.ts';

test('two contexts append 2 × 200 interleaved: nothing is lost, the chain is whole', async () => {
  const name = freshName();
  const [worker, panel] = [openStore(name), openStore(name)];
  const envs = [testEnv('Mia', 1_000, 1), testEnv('Ben', 1_000, 2)];
  const work = [worker, panel].flatMap((store, who) => {
    const env = envs[who] ?? testEnv();
    return Array.from({ length: 200 }, (_, n) =>
      store.commit(env, async (tx) => {
        const text = await tx.content(`item-${who}-${n}`, 'note', 1, `Note ${n}`);
        return tx.append(draft('decision.approved', { n, note: text.commitment }));
      }),
    );
  });
  const events = await Promise.all(work);
  expect(new Set(events.map((event) => event.seq))).toEqual(
    new Set(Array.from({ length: 400 }, (_, n) => n + 1)),
  );
  const verdict = await panel.verify({ mirror: await worker.head(), since: null });
  expect(verdict).toMatchObject({
    state: 'verified',
    count: 401,
    total: 401,
    contents: { matching: 400, missing: 0, unnamed: 0 },
  });
  expect(await worker.counts(1_500)).toMatchObject({ decidedToday: 400, unsynced: 401 });
  worker.close();
  panel.close();
});

test('what fails half-way leaves nothing: not an event, a text, an item, a number or a log', async () => {
  const store = openStore(freshName());
  const env = testEnv();
  const heads: number[] = [];
  store.headMirror = (head) => void heads.push(head.seq);
  const half = store.commit(env, async (tx) => {
    await tx.items.put(testItem('item-1'));
    await tx.content('item-1', 'draft', 1, 'text');
    await tx.append(draft('decision.approved'));
    throw new Error('killed here');
  });
  await expect(half).rejects.toThrow('killed here');
  expect(await store.head()).toBeNull();
  expect(await store.item('item-1')).toBeUndefined();
  expect(await store.contentsFor('item-1')).toEqual([]);
  expect(await store.people()).toEqual([]);
  expect(await store.counts(env.now())).toEqual({ waiting: 0, decidedToday: 0, unsynced: 0 });
  expect(heads).toEqual([]);

  await store.commit(env, (tx) => tx.append(draft('decision.approved')));
  const before = await store.head();
  const again = store.commit(env, async (tx) => {
    await tx.append(draft('decision.approved'));
    await tx.append(draft('decision.approved', { score: 0.123456 }));
  });
  await expect(again).rejects.toMatchObject({ name: 'EventLimitError', code: 'number' });
  expect(await store.head()).toEqual(before);
  expect((await store.verify({ mirror: before, since: null })).state).toBe('verified');
  store.close();
});

test('appends of one commit that are not awaited one by one keep one chain, from the first on', async () => {
  const store = openStore(freshName());
  await store.commit(testEnv(), async (tx) => {
    await tx.items.put(testItem('item-1'));
    await Promise.all([
      tx.append(draft('item.opened')),
      tx.append(draft('item.changed', { siteId: 'desk' })),
      tx.append(draft('decision.approved')),
    ]);
  });
  const verdict = await store.verify({ mirror: await store.head(), since: null });
  expect(verdict).toMatchObject({ state: 'verified', count: 4, logs: [{ breaks: [] }] });
  expect(verdict.logs).toHaveLength(1);
  store.close();
});

test('a text that no event names is refused, with all of its commit', async () => {
  const store = openStore(freshName());
  const commit = store.commit(testEnv(), async (tx) => {
    await tx.append(draft('item.opened'));
    await tx.content('item-1', 'note', 1, 'unnamed');
  });
  await expect(commit).rejects.toThrow('note');
  expect(await store.contentsFor('item-1')).toEqual([]);
  expect(await store.head()).toBeNull();
  store.close();
});

test('a transaction left idle is lost as a whole and says so', async () => {
  const store = openStore(freshName());
  const commit = store.commit(testEnv(), async (tx) => {
    await tx.append(draft('item.opened'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await tx.append(draft('item.changed'));
  });
  const error: unknown = await commit.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreUnavailable);
  expect(error).toMatchObject({ code: 'aborted' });
  store.close();
});

test('a closed database is named, for reads and writes', async () => {
  const store = openStore(freshName());
  await store.commit(testEnv(), (tx) => tx.append(draft('item.opened')));
  store.close();
  await expect(store.head()).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'closed' });
  await expect(store.commit(testEnv(), (tx) => tx.items.get('x'))).rejects.toMatchObject({
    name: 'StoreUnavailable',
    code: 'closed',
  });
});

test('a full disk is named and nothing is stored', async () => {
  const name = freshName();
  const store = openStore(name);
  const env = testEnv();
  await store.commit(env, (tx) => tx.append(draft('item.opened')));
  const before = await store.head();
  const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('The disk is full', 'QuotaExceededError');
  });
  try {
    const commit = store.commit(env, (tx) => tx.append(draft('item.changed')));
    await expect(commit).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'quota' });
  } finally {
    full.mockRestore();
  }
  expect(await store.head()).toEqual(before);
  store.close();
});

test('a newer version that wants the database gets it, and we say so', async () => {
  const name = freshName();
  const store = openStore(name);
  const troubles: string[] = [];
  store.onTrouble = (problem) => void troubles.push(problem);
  await store.commit(testEnv(), (tx) => tx.append(draft('item.opened')));
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open(name, 9_999);
    request.addEventListener('success', () => {
      request.result.close();
      resolve();
    });
    request.addEventListener('error', () => reject(request.error ?? new Error('open failed')));
  });
  expect(troubles).toContain('closed');
  await expect(store.head()).rejects.toMatchObject({ code: 'closed' });
  const old = openStore(name);
  const commit = old.commit(testEnv(), (tx) => tx.append(draft('item.changed')));
  await expect(commit).rejects.toMatchObject({ code: 'newer-version' });
  expect((await old.head())?.seq).toBe(1);
  old.close();
});

test('a mirror that fails loses no entry and is kept as a problem', async () => {
  const store = openStore(freshName());
  store.headMirror = () => Promise.reject(new RangeError('no room'));
  const event = await store.commit(testEnv(), (tx) => tx.append(draft('item.opened')));
  expect(event.seq).toBe(1);
  expect(await store.problems()).toMatchObject([
    { code: 'head-mirror-failed', detail: 'RangeError' },
  ]);
  for (let n = 0; n < 60; n += 1) await store.addProblem({ at: n, code: `c${n}`, detail: '' });
  const problems = await store.problems();
  expect(problems).toHaveLength(50);
  expect(problems[0]?.code).toBe('c59');
  store.close();
});
