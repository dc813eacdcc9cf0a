import { describe, expect, it } from 'vitest';
import type { RiskTier } from '../domain/risk-tier.ts';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import { testOutput, testSource } from '../domain/domain.test-support.ts';
import type { Output } from '../domain/output.ts';
import type { Policy, PolicyRule } from '../domain/policy.ts';
import { assess } from './assess.ts';

const record = testSource(
  's1',
  'Refund approved: €102.00. Sent 2026-11-03. Help: https://acme.example/help',
  { kind: 'record' },
);
const run = (
  draft: string,
  patch: Partial<Output> = {},
  policy: Policy = DEFAULT_POLICY,
  sources = [record],
) =>
  assess({ draft, output: testOutput({ text: draft, ...patch }), matchShare: 1, sources, policy });
const withRules = (...rules: Partial<PolicyRule>[]): Policy => ({
  ...DEFAULT_POLICY,
  version: 7,
  owner: 'Ops',
  rules: rules.map((rule, at) => ({
    id: `r${at}`,
    when: 'always',
    value: null,
    words: [],
    tier: 'low',
    says: `Rule ${at}.`,
    ...rule,
  })),
});

describe('default rules', () => {
  it.each<[string, string, Partial<Output>, RiskTier, string[]]>([
    ['all supported', 'We refund €102.00.', {}, 'low', []],
    ['contradicted', 'We refund €120.', {}, 'high', ['fact-contradicted']],
    ['amount in no source', 'The lamp is €15.', {}, 'high', ['amount-unsupported']],
    ['link in no source', 'See https://other.test/x.', {}, 'high', ['link-unsupported']],
    ['other fact in no source', 'It lasts 12 years.', {}, 'medium', ['fact-unsupported']],
    ['cut stream', 'We refund €102.00.', { finish: 'aborted' }, 'high', ['incomplete-output']],
    ['cut by us', 'We refund €102.00.', { truncated: true }, 'high', ['incomplete-output']],
    ['hidden characters', 'We re\u200bfund €102.00.', {}, 'high', ['hidden-characters']],
    ['a locked phrase', 'We have deleted your data.', {}, 'locked', ['words-locked']],
    [
      'a locked phrase with hidden parts',
      'We de\u00adleted your data.',
      {},
      'locked',
      ['words-locked', 'hidden-characters'],
    ],
    ['a legal word', 'Our Lawyer will write.', {}, 'high', ['words-legal']],
    ['part of a word', 'The issue is clear, the lawyerly tone too.', {}, 'low', []],
    ['a promise', 'We guarantee it.', {}, 'medium', ['words-promise']],
    [
      'low declared',
      'We refund €102.00.',
      { declaredConfidence: { value: 0.2, source: 'app' } },
      'medium',
      ['declared-confidence'],
    ],
    [
      'high declared changes nothing',
      'We refund €120.',
      { declaredConfidence: { value: 1, source: 'app' } },
      'high',
      ['fact-contradicted'],
    ],
    [
      'unsure tokens',
      'Refund.',
      {
        tokens: [
          { token: 'Refund', logprob: -1 },
          { token: '.', logprob: -1 },
        ],
      },
      'medium',
      ['token-probability'],
    ],
  ])('%s', (_, draft, patch, tier, rules) => {
    const result = run(draft, patch);
    expect({ tier: result.tier, rules: result.gate.map(({ ruleId }) => ruleId) }).toEqual({
      tier,
      rules,
    });
  });

  it('ask for a look when there is no source', () => {
    expect(run('We refund €102.00.', {}, DEFAULT_POLICY, [])).toMatchObject({
      tier: 'medium',
      gate: [{ ruleId: 'no-sources', statement: null }],
    });
  });
});

describe('tier', () => {
  it('is the highest of the rules that hold; lines name rule, version, owner and statement', () => {
    const policy = withRules(
      { when: 'always', tier: 'medium' },
      { when: 'fact-contradicted', tier: 'locked' },
      { when: 'no-sources', tier: 'high' },
    );
    const { tier, gate } = run('All is well here today. We refund €120.', {}, policy);
    expect(tier).toBe('locked');
    expect(gate).toEqual([
      {
        ruleId: 'r1',
        policyVersion: 7,
        owner: 'Ops',
        tier: 'locked',
        says: 'Rule 1.',
        statement: 2,
      },
      {
        ruleId: 'r0',
        policyVersion: 7,
        owner: 'Ops',
        tier: 'medium',
        says: 'Rule 0.',
        statement: null,
      },
    ]);
  });

  it('is low without rules', () => {
    expect(run('We refund €120.', {}, withRules())).toMatchObject({ tier: 'low', gate: [] });
  });

  it('counts facts where a rule asks for more than one', () => {
    const policy = withRules({ when: 'amount-unsupported', value: 2, tier: 'high' });
    expect(run('The lamp is €15.', {}, policy).tier).toBe('low');
    expect(run('The lamp is €15, the shade €16.', {}, policy).tier).toBe('high');
  });

  it('names an unsupported amount by fact-unsupported when no narrower rule is there', () => {
    const policy = withRules({ when: 'fact-unsupported', tier: 'medium' });
    expect(run('The lamp is €15.', {}, policy).tier).toBe('medium');
  });

  it('fails closed when a threshold rule has no threshold', () => {
    const policy = withRules({ when: 'declared-confidence-below', tier: 'high' });
    const declared = { declaredConfidence: { value: 0.99, source: 'app' } };
    expect(run('We refund €102.00.', declared, policy).tier).toBe('high');
  });

  it('keeps the lines of one rule bounded', () => {
    const draft = 'The lamp is €15.\n'.repeat(500);
    expect(run(draft).gate.length).toBeLessThanOrEqual(100);
  });
});
