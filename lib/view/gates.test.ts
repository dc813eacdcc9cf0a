import { describe, expect, test } from 'vitest';
import type { Assessment, GateLine, Statement } from '../domain/assessment.ts';
import type { RiskTier } from '../domain/risk-tier.ts';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import type { ReviewItem } from '../domain/item.ts';
import { flagsOf } from '../domain/flags.ts';
import {
  decidingLine,
  editRefusalFor,
  heldStatements,
  refusalFor,
  type Progress,
} from './gates.ts';
import { viewItem } from './view.test-support.ts';

const draft = 'Hello. We refund €120. Bye.';
const statement: Statement = {
  index: 2,
  start: 7,
  end: 22,
  status: 'contradicted',
  facts: [],
  passage: null,
};
const line = (tier: RiskTier, over: Partial<GateLine> = {}): GateLine => ({
  ruleId: 'fact-contradicted',
  policyVersion: 1,
  owner: 'Countersign defaults',
  tier,
  says: 'A fact differs.',
  statement: 2,
  ...over,
});
const assessed = (tier: RiskTier, over: Partial<Assessment> = {}): Assessment => ({
  assessVersion: 1,
  facts: [],
  statements: [statement],
  signals: [],
  confidence: { state: 'unknown', reason: 'no-sources' },
  tier,
  gate: [line(tier)],
  sourceCount: 1,
  ...over,
});
/** The key of the flagged statement: its words without white space. */
const REFUND = 's:Werefund€120.';
const none: Progress = { seenToEnd: false, settled: new Set() };
const all: Progress = { seenToEnd: true, settled: new Set([REFUND]) };

function refused(
  verb: 'approve' | 'edit' | 'escalate' | 'reject',
  tier: RiskTier,
  progress: Progress,
  over: { assessment?: Assessment | null; item?: Partial<ReviewItem> } = {},
) {
  return refusalFor(verb, {
    item: viewItem({ tier, draft, ...over.item }),
    assessment: over.assessment === undefined ? assessed(tier) : over.assessment,
    policy: DEFAULT_POLICY,
    decider: { id: '', name: 'Mia', role: 'reviewer' },
    progress,
    now: 0,
  });
}

/** What refuses an edited text of which this is known. */
const edited = (text: string, tier: RiskTier, progress: Progress, over: Partial<Assessment> = {}) =>
  editRefusalFor(text, {
    item: viewItem({ tier: 'low', draft }),
    edited: assessed(tier, over),
    policy: DEFAULT_POLICY,
    decider: { id: '', name: 'Mia', role: 'reviewer' },
    progress,
    now: 0,
  });

describe('gates by risk', () => {
  test('low asks nothing, medium the end of the draft, high flags settled as well', () => {
    expect(refused('approve', 'low', none)).toBeNull();
    expect(refused('approve', 'medium', none)).toEqual({ code: 'see-to-end' });
    expect(refused('approve', 'medium', { ...none, seenToEnd: true })).toBeNull();
    expect(refused('approve', 'high', { ...none, seenToEnd: true })?.code).toBe('settle');
    expect(refused('approve', 'high', { ...all, seenToEnd: false })?.code).toBe('see-to-end');
    expect(refused('approve', 'high', all)).toBeNull();
  });

  test('locked names its rule and lets Escalate through', () => {
    expect(refused('approve', 'locked', all)).toEqual({ code: 'locked', line: line('locked') });
    expect(refused('edit', 'locked', all)?.code).toBe('locked');
    expect(edited('Other.', 'locked', all)).toEqual({ code: 'locked', line: line('locked') });
    expect(refused('escalate', 'locked', none)).toBeNull();
  });

  test('an edit is asked for what is flagged in its own text, whatever the draft was', () => {
    expect(edited(draft, 'high', none)?.code).toBe('settle');
    expect(edited(draft, 'high', all)).toBeNull();
    expect(edited(draft.replace('120', '102'), 'low', none, { statements: [] })).toBeNull();
    expect(refused('edit', 'high', none)).toBeNull();
  });

  test('what was settled in the draft stays so as long as its words do, wherever they stand', () => {
    const moved = `Dear Ana. ${draft.replace('€120', '€ 1 20')}`;
    const at = { ...statement, index: 3, start: 17, end: 34 };
    const gate = [line('high', { statement: 3 })];
    expect(moved.slice(17, 34)).toBe('We refund € 1 20.');
    expect(edited(moved, 'high', all, { statements: [at], gate })).toBeNull();
    const other = draft.replace('€120', '€130');
    expect(edited(other, 'high', all)).toMatchObject({
      code: 'settle',
      open: [{ key: 's:Werefund€130.' }],
    });
  });

  test('other hidden characters must be settled anew', () => {
    const gate = [line('high', { ruleId: 'hidden-characters', statement: null })];
    const key = (text: string) => flagsOf(text, assessed('high', { statements: [], gate }))[0]?.key;
    expect(key('We\u200Bpay and more.')).toBe(key('We\u200Bpay.'));
    expect(key('We\u200Bpay\u202E.')).not.toBe(key('We\u200Bpay.'));
  });

  test('an edited text waits for its check, is not empty, and is not decided twice', () => {
    const base = {
      policy: DEFAULT_POLICY,
      decider: { id: '', name: 'Mia', role: 'reviewer' } as const,
      progress: all,
      now: 0,
    };
    const item = viewItem({ draft });
    expect(editRefusalFor('Hi.', { ...base, item, edited: null })).toEqual({ code: 'checking' });
    expect(editRefusalFor(' ', { ...base, item, edited: assessed('low') })).toMatchObject({
      refusal: 'empty-edit',
    });
    const done = viewItem({ draft, state: 'approved' });
    expect(editRefusalFor('Hi.', { ...base, item: done, edited: assessed('low') })).toMatchObject({
      refusal: 'already-decided',
    });
  });

  test('a rule of high risk holds a statement that the sources support', () => {
    const supported = { ...statement, status: 'supported' as const };
    const held = assessed('high', { statements: [supported] });
    expect([...heldStatements(held)]).toEqual([2]);
    expect(refused('approve', 'high', { ...none, seenToEnd: true }, { assessment: held })).toEqual({
      code: 'settle',
      open: [{ key: REFUND, statement: supported, lines: [line('high')] }],
      line: line('high'),
    });
    expect(refused('approve', 'high', all, { assessment: held })).toBeNull();
    const asked = assessed('medium', { statements: [supported] });
    expect([...heldStatements(asked)]).toEqual([]);
    expect([...heldStatements(null)]).toEqual([]);
  });

  test('a rule about the whole draft is settled by itself', () => {
    const gate = [line('high', { ruleId: 'incomplete-output', statement: null })];
    const assessment = assessed('high', { statements: [], gate });
    expect(flagsOf(draft, assessment).map((flag) => flag.key)).toEqual(['r:incomplete-output:']);
    expect(refused('approve', 'high', all, { assessment })?.code).toBe('settle');
  });

  test('without an assessment nothing is approved; a decided item refuses every verb', () => {
    expect(refused('approve', 'low', all, { assessment: null })).toEqual({ code: 'checking' });
    expect(refused('reject', 'low', all, { assessment: null })).toBeNull();
    const item = { state: 'approved' as const };
    expect(refused('reject', 'low', all, { item })).toEqual({
      code: 'refused',
      refusal: 'already-decided',
    });
  });

  test('the line that a refusal names is one that made the tier', () => {
    const gate = [line('medium', { ruleId: 'words-promise' }), line('high')];
    expect(decidingLine(assessed('high', { gate }))?.ruleId).toBe('fact-contradicted');
  });
});
