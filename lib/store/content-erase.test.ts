import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReviewItem } from '../domain/item.ts';
import { freshName, testAssessment, testEnv, testItem } from './store.test-support.ts';
import { openStore, type Store } from './store.ts';

let store: Store;
const env = testEnv();

beforeEach(() => {
  store = openStore(freshName());
});
afterEach(() => store.close());

async function keep(
  id: string,
  over: Partial<ReviewItem>,
  effect: 'applied' | 'pending' = 'applied',
) {
  await store.commit(env, async (tx) => {
    await tx.items.put(testItem(id, { outputId: `output-${id}`, ...over }));
    await tx.assessments.put(id, 1, testAssessment);
    await tx.sources.put(id, []);
    const { decisionId } = { decisionId: `decision-${id}` };
    await tx.effects.put({
      decisionId,
      itemId: id,
      act: 'replace',
      state: effect,
      reason: '',
      dropped: [],
      text: 'Dear Ana',
      shownHash: '',
      at: 0,
    });
    const draft = await tx.content(id, 'draft', 1, 'Dear Ana');
    await tx.append({
      type: 'decision.approved',
      itemId: id,
      traceId: '',
      causationId: '',
      data: { draft: { ...draft } },
    });
  });
}

const erase = (before: number, onlyAcked = false) =>
  store.commit(env, (tx) => tx.erase({ before, onlyAcked }));

test('texts of what is over go whole; what is open, young or under way stays; the trail verifies', async () => {
  await keep('over', { state: 'delivered', updatedAt: 100 });
  await keep('open', { state: 'escalated', updatedAt: 100 });
  await keep('young', { state: 'approved', updatedAt: 300 });
  await keep('under-way', { state: 'approved', updatedAt: 100 }, 'pending');
  expect(await erase(300)).toEqual({ items: 1, texts: 1 });
  expect(await erase(300)).toEqual({ items: 0, texts: 0 });
  expect(await store.item('over')).toBeUndefined();
  expect(await store.contentsFor('over')).toEqual([]);
  expect(await store.assessmentFor('over', 1)).toBeUndefined();
  expect(await store.effect('decision-over')).toBeUndefined();
  for (const id of ['open', 'young', 'under-way']) {
    expect(await store.item(id)).toBeDefined();
    expect(await store.contentsFor(id)).toHaveLength(1);
  }
  const verdict = await store.verify({ mirror: await store.head(), since: null });
  expect(verdict).toMatchObject({ state: 'verified', contents: { matching: 3, missing: 1 } });
});

test('with an endpoint only what it acknowledged', async () => {
  await keep('sent', { state: 'delivered', updatedAt: 100 });
  const head = await store.head();
  await keep('waits', { state: 'delivered', updatedAt: 100 });
  if (head !== null) await store.ack(head, null);
  expect(await erase(300, true)).toEqual({ items: 1, texts: 1 });
  expect(await store.item('sent')).toBeUndefined();
  expect(await store.item('waits')).toBeDefined();
});
