import { describe, expect, test } from 'vitest';
import type { ReviewItem } from '../domain/item.ts';
import { changedAfterApproval, queueSections } from './queue-sections.ts';
import { sealOf } from './seal.ts';
import { viewItem } from './view.test-support.ts';

const bound = viewItem().bound;
const approved = (over: Partial<ReviewItem> = {}): ReviewItem =>
  viewItem({
    state: 'approved',
    effect: 'applied',
    decision: {
      decisionId: 'd1',
      verb: 'approve',
      reasons: [],
      by: 'Mia',
      at: 1,
      released: bound,
      releasedHash: 'h1',
      deferUntil: null,
    },
    ...over,
  });

describe('seal', () => {
  test('says what is known of the composer', () => {
    expect(sealOf(viewItem()).state).toBe('undecided');
    expect(sealOf(viewItem({ place: null })).state).toBe('gone');
    expect(sealOf(viewItem(), false).state).toBe('gone');
    expect(sealOf(approved({ delivery: 'match' }), false).state).toBe('sent');
    expect(sealOf(approved()).state).toBe('approved');
    expect(sealOf(approved({ effect: 'pending' })).state).toBe('pending');
    expect(sealOf(approved({ effect: 'failed', effectDetail: 'gone' }))).toEqual({
      state: 'failed',
      detail: 'gone',
    });
    expect(sealOf(approved({ delivery: 'match' })).state).toBe('sent');
    expect(sealOf(approved({ delivery: 'drifted' })).state).toBe('drifted');
  });

  test('breaks when the content is no longer what was approved, and names what', () => {
    const text = bound.text.replace('3', '4');
    const changed = approved({ boundHash: 'h2', state: 'pending', bound: { ...bound, text } });
    expect(sealOf(changed)).toEqual({
      state: 'changed',
      parts: ['text'],
      words: 1,
      approved: bound.text,
    });
    const note = approved({ boundHash: 'h3', bound: { ...bound, kind: 'note' } });
    expect(sealOf(note)).toMatchObject({ state: 'changed', parts: ['kind'], words: 0 });
  });
});

describe('queue sections', () => {
  test('risky, escalated and changed items come first, the oldest of a tier before the others', () => {
    const items = [
      viewItem({ id: 'low' }),
      viewItem({ id: 'high-new', tier: 'high', createdAt: 9 }),
      viewItem({ id: 'medium', tier: 'medium', createdAt: 5 }),
      viewItem({ id: 'high-old', tier: 'high', createdAt: 2 }),
      approved({ id: 'changed', boundHash: 'h2', state: 'pending' }),
    ];
    expect(queueSections(items).map((s) => [s.id, s.items.map((item) => item.id)])).toEqual([
      ['first', ['high-old', 'high-new', 'changed']],
      ['routine', ['medium', 'low']],
    ]);
    expect(queueSections([])).toEqual([]);
  });

  test('a sent item is not changed after approval', () => {
    expect(changedAfterApproval(approved({ boundHash: 'h2' }))).toBe('h1');
    expect(changedAfterApproval(approved({ boundHash: 'h2', delivery: 'match' }))).toBeNull();
  });
});
