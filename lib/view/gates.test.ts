import { describe, expect, test } from 'vitest';
import type { Assessment, GateLine, Statement } from '../domain/assessment.ts';
import type { RiskTier } from '../domain/risk-tier.ts';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import type { ReviewItem } from '../domain/item.ts';
import { decidingLine, flagsOf, heldStatements, refusalFor, type Progress } from './gates.ts';
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
const none: Progress = { seenToEnd: false, settled: new Set() };
const all: Progress = { seenToEnd: true, settled: new Set(['s2']) };

function refused(
  verb: 'approve' | 'edit' | 'escalate' | 'reject',
  tier: RiskTier,
  progress: Progress,
  over: { text?: string; assessment?: Assessment | null; item?: Partial<ReviewItem> } = {},
) {
  return refusalFor(verb, {
    item: viewItem({ tier, draft, ...over.item }),
    text: over.text ?? null,
    assessment: over.assessment === undefined ? assessed(tier) : over.assessment,
    policy: DEFAULT_POLICY,
    decider: { name: 'Mia', role: 'reviewer' },
    progress,
  });
}

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
    expect(refused('edit', 'locked', all, { text: 'Other.' })?.code).toBe('locked');
    expect(refused('escalate', 'locked', none)).toBeNull();
  });

  test('an edit must settle the flags that it leaves as they were', () => {
    expect(refused('edit', 'high', none, { text: `${draft} And more.` })?.code).toBe('settle');
    expect(refused('edit', 'high', none, { text: draft.replace('120', '102') })).toBeNull();
    expect(refused('edit', 'high', none, { text: draft.replace('€120', '€ 1 20') })?.code).toBe(
      'settle',
    );
  });

  test('a rule of high risk holds a statement that the sources support', () => {
    const supported = { ...statement, status: 'supported' as const };
    const held = assessed('high', { statements: [supported] });
    expect([...heldStatements(held)]).toEqual([2]);
    expect(refused('approve', 'high', { ...none, seenToEnd: true }, { assessment: held })).toEqual({
      code: 'settle',
      open: [{ key: 's2', statement: supported, lines: [line('high')] }],
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
    expect(flagsOf(assessment).map((flag) => flag.key)).toEqual(['rincomplete-output']);
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
