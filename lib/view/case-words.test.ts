import { expect, test } from 'vitest';
import { testItem } from '../domain/domain.test-support.ts';
import type { ItemCase } from '../domain/item-case.ts';
import type { ReviewItem } from '../domain/item.ts';
import { caseStanding } from './case-words.ts';

const of = (over: Partial<ItemCase> = {}): ItemCase => ({
  caseId: 'c',
  endpoint: 'https://collector.example',
  author: { id: 'mia', name: 'Mia' },
  holder: null,
  heldUntil: null,
  dueAt: null,
  version: 1,
  shownHash: 'h',
  note: '',
  answer: null,
  problem: '',
  ...over,
});
const answer = (refused: NonNullable<ItemCase['answer']>['refused'] = '') => ({
  decisionId: 'd',
  outcome: 'approve' as const,
  by: { id: 'lee', name: 'Lee' },
  at: 5,
  reasons: [],
  note: '',
  refused,
});
const held = { holder: { id: 'lee', name: 'Lee' }, heldUntil: 100 };

test.each<[string, Partial<ReviewItem>, object | null]>([
  ['no case', {}, null],
  ['untold', { case: of({ version: 0 }) }, { state: 'sending' }],
  ['told', { case: of() }, { state: 'waiting' }],
  ['held', { case: of(held) }, { state: 'held', by: 'Lee', until: 100 }],
  ['held too long ago', { case: of({ ...held, heldUntil: 50 }) }, { state: 'waiting' }],
  ['refused', { case: of({ problem: 'too-large' }) }, { state: 'refused', code: 'too-large' }],
  ['answered', { case: of({ answer: answer() }) }, { state: 'answered', waits: false }],
  [
    'answered, page closed',
    { effect: 'pending', case: of({ answer: answer() }) },
    { state: 'answered', waits: true },
  ],
  [
    'not taken',
    { case: of({ answer: answer('changed') }) },
    { state: 'not-taken', why: 'changed' },
  ],
  ['a colleague’s, mine', { kind: 'case', case: of({ ...held }) }, { state: 'held' }],
  [
    'a colleague’s, on its way',
    { kind: 'case', state: 'approved', effect: 'pending', case: of() },
    { state: 'answering' },
  ],
  [
    'a colleague’s, too late',
    { kind: 'case', state: 'superseded', case: of({ answer: answer() }) },
    { state: 'overtaken', by: 'Lee', outcome: 'approve' },
  ],
  [
    'a colleague’s, not taken',
    { kind: 'case', effect: 'failed', effectDetail: 'claimed', case: of() },
    { state: 'failed', code: 'claimed' },
  ],
  [
    'a colleague’s, gone',
    { kind: 'case', state: 'withdrawn', case: of() },
    { state: 'taken-back' },
  ],
])('how a case stands: %s', (_, over, expected) => {
  const standing = caseStanding(testItem(over), 'lou', 60);
  if (expected === null) expect(standing).toBeNull();
  else expect(standing).toMatchObject(expected);
});

test('what one has taken oneself is said so', () => {
  expect(caseStanding(testItem({ kind: 'case', case: of(held) }), 'lee', 60)).toEqual({
    state: 'mine',
  });
});
