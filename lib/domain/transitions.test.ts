import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Assessment } from './assessment.ts';
import { riskTier, type RiskTier } from './risk-tier.ts';
import { boundHash } from './bound.ts';
import type { Bound } from './bound.ts';
import { REASON_CODES, verb } from './decision.ts';
import type { DecisionRequest } from './decision.ts';
import { testItem } from './domain.test-support.ts';
import { itemState, OPEN_STATES } from './item.ts';
import type { Policy } from './policy.ts';
import { decide, undo, verbRefusal } from './transitions.ts';
import { verdictFor } from './verdict.ts';

const bound: Bound = {
  text: 'We refund €102.',
  links: [],
  kind: 'reply',
  recipients: null,
  attachments: null,
};

const item = testItem({
  id: 'i1',
  version: 3,
  bound,
  boundHash: boundHash(bound),
  draft: bound.text,
});

const demand = { seenToEnd: false, settleFlagged: false, reasonRequired: false };
const policy: Policy = {
  version: 1,
  owner: 'test',
  rules: [],
  demands: { low: demand, medium: demand, high: { ...demand, reasonRequired: true } },
};
const reviewer = { id: '', name: 'Mia', role: 'reviewer' as const };

const request = (over: Partial<DecisionRequest> = {}): DecisionRequest => ({
  decisionId: 'd1',
  itemId: 'i1',
  verb: 'approve',
  version: 3,
  shownHash: item.boundHash,
  editedText: null,
  reasons: [],
  note: '',
  deferUntil: null,
  dwell: { visibleMs: 1000, openMs: 1000 },
  ...over,
});

const judged = (tier: RiskTier, over: Partial<Assessment> = {}): Assessment => ({
  assessVersion: 1,
  facts: [],
  statements: [],
  signals: [],
  confidence: { state: 'unknown', reason: 'no-sources' },
  tier,
  gate: [],
  sourceCount: 1,
  ...over,
});

test('approve releases exactly what was shown', () => {
  const result = decide(item, request(), reviewer, policy, 10);
  expect(result).toMatchObject({
    ok: true,
    event: 'decision.approved',
    next: { state: 'approved', effect: 'pending', decision: { releasedHash: item.boundHash } },
  });
  if (!result.ok) return;
  expect(verdictFor(result.next)).toMatchObject({ status: 'approved' });
  const other = { ...bound, text: 'We refund €120.' };
  expect(verdictFor({ ...result.next, bound: other })).toMatchObject({
    status: 'changed',
    changed: ['text'],
  });
});

test.each([
  ['another version', { version: 2 }, 'stale-version'],
  ['another text', { shownHash: 'ff' }, 'stale-version'],
  ['an empty edit', { verb: 'edit' as const, editedText: ' ' }, 'empty-edit'],
  ['a reject without reason', { verb: 'reject' as const }, 'reason-required'],
])('%s is refused', (_, over, refusal) => {
  expect(decide(item, request(over), reviewer, policy, 10)).toEqual({ ok: false, refusal });
});

test('a locked item waits for a lead, a high one for a reason', () => {
  const locked = { ...item, tier: 'locked' as const };
  expect(verbRefusal(locked, 'approve', reviewer)).toBe('forbidden-by-tier');
  expect(verbRefusal(locked, 'edit', reviewer)).toBe('forbidden-by-tier');
  expect(verbRefusal(locked, 'escalate', reviewer)).toBeNull();
  expect(verbRefusal(locked, 'approve', { id: '', name: 'Lea', role: 'lead' })).toBeNull();
  const high = { ...item, tier: 'high' as const };
  expect(decide(high, request(), reviewer, policy, 10)).toMatchObject({
    refusal: 'reason-required',
  });
  expect(decide(high, request({ reasons: ['other'] }), reviewer, policy, 10).ok).toBe(true);
});

test('an edit is refused for what it makes of the draft, not only for what the draft was', () => {
  const edit = request({ verb: 'edit', editedText: 'We accept liability.' });
  expect(decide(item, edit, reviewer, policy, 10, judged('locked'))).toEqual({
    ok: false,
    refusal: 'forbidden-by-tier',
  });
  expect(decide(item, edit, reviewer, policy, 10, judged('high')).ok).toBe(true);
  const lead = { id: '', name: 'Lea', role: 'lead' as const };
  expect(decide(item, edit, lead, policy, 10, judged('locked')).ok).toBe(true);
  const locked = { ...item, tier: 'locked' as const };
  expect(decide(locked, edit, reviewer, policy, 10, judged('low')).ok).toBe(false);
});

test('what is flagged in the text that would go out must be settled, by its own words', () => {
  const settles = {
    ...policy,
    demands: { ...policy.demands, high: { ...demand, settleFlagged: true } },
  };
  const editedText = 'Hello. We refund €120.';
  const flagged = judged('high', {
    statements: [{ index: 2, start: 7, end: 22, status: 'contradicted', facts: [], passage: null }],
  });
  const edit = (settled?: string[]) =>
    decide(
      item,
      request({ verb: 'edit', editedText, ...(settled && { settled }) }),
      reviewer,
      settles,
      10,
      flagged,
    );
  const refused = { ok: false, refusal: 'unsettled-flags' };
  expect(edit()).toEqual(refused);
  expect(edit(['s:Werefund€102.'])).toEqual(refused);
  expect(edit(['s:Werefund€120.']).ok).toBe(true);
  const shown = judged('high', {
    statements: [{ index: 1, start: 0, end: 15, status: 'unsupported', facts: [], passage: null }],
  });
  const high = { ...item, tier: 'high' as const };
  expect(decide(high, request({ note: 'why' }), reviewer, settles, 10, shown)).toEqual(refused);
  expect(
    decide(
      high,
      request({ note: 'why', settled: ['s:Werefund€102.'] }),
      reviewer,
      settles,
      10,
      shown,
    ).ok,
  ).toBe(true);
  // The tier of the text decides what is asked of it.
  expect(
    decide(high, request({ verb: 'edit', editedText }), reviewer, settles, 10, judged('low')).ok,
  ).toBe(true);
});

test('an escalated item is the lead’s, the reviewer can take it back until it is sent', () => {
  const escalated = decide(item, request({ verb: 'escalate' }), reviewer, policy, 10);
  if (!escalated.ok) throw new Error('escalate refused');
  expect(verbRefusal(escalated.next, 'approve', reviewer)).toBe('needs-lead');
  expect(verdictFor(escalated.next)).toMatchObject({ status: 'escalated' });
  expect(undo(escalated.next, 'd1', 11)).toMatchObject({ ok: true, next: { state: 'pending' } });
  expect(undo({ ...escalated.next, sent: { at: 1, bound, readBack: 'none' } }, 'd1', 11).ok).toBe(
    false,
  );
  expect(undo(escalated.next, 'another', 11).ok).toBe(false);
});

test('over any item and request: only open items are decided, only approve and edit can release', () => {
  const anyRequest = fc.record({
    verb: fc.constantFrom(...verb.options),
    version: fc.integer({ min: 2, max: 4 }),
    editedText: fc.constantFrom(null, '', 'x'),
    reasons: fc.subarray([...REASON_CODES], { maxLength: 1 }),
    decisionId: fc.constantFrom('d1', 'd2'),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...itemState.options),
      fc.constantFrom(...riskTier.options),
      anyRequest,
      fc.constantFrom('reviewer' as const, 'lead' as const),
      (state, tier, over, role) => {
        const before = { ...item, state, tier };
        const result = decide(before, request(over), { id: '', name: 'Mia', role }, policy, 10);
        if (!result.ok) return;
        expect(OPEN_STATES).toContain(state);
        expect(over.version).toBe(item.version);
        expect(before.decision).toBeNull();
        const released = result.next.decision?.releasedHash ?? null;
        expect(released !== null).toBe(over.verb === 'approve');
        const again = decide(result.next, request(over), { id: '', name: 'Mia', role }, policy, 11);
        expect(again).toMatchObject({ ok: true, repeated: true, next: result.next });
      },
    ),
  );
});

const kept = {
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
};
const as = (id: string, role: 'reviewer' | 'lead' | 'admin') => ({ id, name: id, role });

test.each([
  ['the author at their own desk', 'draft', 'locked', as('lee', 'lead'), 'second-person'],
  ['an admin at their own desk', 'draft', 'locked', as('ada', 'admin'), 'second-person'],
  ['a reviewer at their own desk', 'draft', 'locked', as('mia', 'reviewer'), 'forbidden-by-tier'],
  ['a lead, of a colleague', 'case', 'locked', as('lee', 'lead'), null],
  ['a lead, of their own', 'case', 'locked', as('mia', 'lead'), 'second-person'],
  ['a lead at their own desk, not locked', 'draft', 'high', as('lee', 'lead'), null],
  ['a reviewer, of a colleague', 'case', 'low', as('max', 'reviewer'), 'needs-lead'],
  ['without a collector, a role is enough', 'draft', 'locked', as('', 'lead'), null],
] as const)('author \u2260 approver: %s', (_, kind, tier, by, refused) => {
  const one = { ...item, kind, tier, ...(kind === 'case' ? { case: kept } : {}) };
  for (const verb of ['approve', 'edit'] as const) expect(verbRefusal(one, verb, by)).toBe(refused);
});

test('what leads have is decided by nobody at the desk, and goes nowhere else from a lead', () => {
  const away = { ...item, state: 'escalated' as const, case: kept };
  for (const verb of ['approve', 'edit', 'reject', 'escalate', 'defer'] as const)
    expect(verbRefusal(away, verb, as('mia', 'admin'))).toBe('with-leads');
  const theirs = { ...item, kind: 'case' as const, case: kept };
  for (const verb of ['escalate', 'defer', 'abstain'] as const)
    expect(verbRefusal(theirs, verb, as('lee', 'lead'))).toBe('not-for-cases');
});

test('what somebody else has taken waits for them, and for no longer than it is theirs', () => {
  const held = { ...kept, holder: { id: 'lou', name: 'Lou' }, heldUntil: 20 };
  const theirs = { ...item, kind: 'case' as const, case: held };
  const lee = as('lee', 'lead');
  expect(decide(theirs, request(), lee, policy, 10)).toEqual({ ok: false, refusal: 'claimed' });
  expect(decide(theirs, request(), lee, policy, 20)).toMatchObject({ ok: true });
  expect(decide(theirs, request(), as('lou', 'lead'), policy, 10)).toMatchObject({ ok: true });
});
