import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { draft, freshName, testAssessment, testEnv, testItem } from './store.test-support.ts';
import { openStore } from './store.ts';

test('a commit stores events, item, texts and head together', async () => {
  const store = openStore(freshName());
  const env = testEnv();
  const heads: number[] = [];
  store.headMirror = (head) => void heads.push(head.seq);
  const item = testItem('item-1');
  const event = await store.commit(env, async (tx) => {
    await tx.items.put(item);
    const text = await tx.content(item.id, 'draft', 1, item.draft);
    const seen = await tx.seen(item.id, 1, {
      draft: item.draft,
      bound: item.bound,
      assessment: testAssessment,
      policyVersion: 1,
      sources: [],
    });
    return tx.append(
      draft('decision.approved', {
        draft: text.commitment,
        length: text.length,
        seen: seen.commitment,
      }),
    );
  });
  expect(event.seq).toBe(1);
  expect(heads).toEqual([1]);
  expect(await store.counts(env.now())).toEqual({ waiting: 1, decidedToday: 1, unsynced: 2 });
  expect((await store.queueItems(10)).map((row) => row.id)).toEqual(['item-1']);
  const entry = await store.entry(event.logid, 1);
  expect(entry?.event?.type).toBe('decision.approved');
  expect(entry?.event?.siteId).toBe('desk');
  expect(entry?.contents.map((content) => content.field).sort()).toEqual(['draft', 'seen']);
  expect(entry?.seen?.draft).toBe(item.draft);
  expect(await store.people()).toEqual(['Mia']);
  expect(await store.sites()).toEqual(['desk']);

  await store.commit(env, (tx) => tx.items.put({ ...item, state: 'approved' }));
  expect((await store.counts(env.now())).waiting).toBe(0);
  expect(await store.queueItems(10)).toEqual([]);
  store.close();
});
