import { describe, expect, it } from 'vitest';
import type { SendKind } from '../domain/bound.ts';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import { testSource } from '../domain/domain.test-support.ts';
import { assess } from './assess.ts';

const guide = testSource(
  'guide',
  'For a late parcel an agent may give a voucher of up to EUR 25.00 without asking the lead. ' +
    'The carrier lost three trucks in the northern depot. Margin on lamps: 38 %.',
  { internal: true },
);
const open = [
  testSource('thread', 'The lamp of order 1215 came five days late.', { author: 'customer' }),
  testSource('help', 'Standard delivery takes 2 to 4 working days.'),
];
const run = (draft: string, sources = [...open, guide], kind?: SendKind) =>
  assess({
    draft,
    output: null,
    matchShare: 0,
    sources,
    policy: DEFAULT_POLICY,
    ...(kind === undefined ? {} : { kind }),
  });
const repeated = (...args: Parameters<typeof run>) =>
  run(...args)
    .gate.filter(({ ruleId }) => ruleId === 'internal-quoted')
    .map(({ statement }) => statement);

describe('what only internal sources say', () => {
  it.each<[string, string]>([
    ['an amount', 'I can offer you EUR 25.00.'],
    ['a share about the same thing', 'Our margin on lamps is 38 %.'],
    ['four content words in a row', 'As you may know, the carrier lost three trucks last week.'],
    ['most of the words', 'Sadly the carrier lost trucks in the northern depot.'],
    ['all of three words', 'More than that I may not give without asking my lead.'],
    ['a question that tells it', 'Did you hear that the carrier lost three trucks?'],
    ['words with hidden parts', 'The car\u00adrier lost three trucks.'],
  ])('is found: %s', (_, draft) => {
    expect(repeated(draft)).toEqual([1]);
  });

  it.each<[string, string]>([
    ['what the customer wrote too', 'The lamp of order 1215 came five days late.'],
    ['what an open source says too', 'Standard delivery takes 2 to 4 working days.'],
    ['a share of something else', 'Your discount is 38 %.'],
    ['single words of it', 'The carrier will call you about the lamp.'],
    ['greetings and closings', 'Hi Ana,\nthank you.\nKind regards,\nMia'],
  ])('is not: %s', (_, draft) => {
    expect(repeated(draft)).toEqual([]);
  });

  it('is not what open sources say in the same words or values', () => {
    const same = testSource('open', guide.text);
    expect(
      repeated('The carrier lost three trucks. I can offer you EUR 25.00.', [same, guide]),
    ).toEqual([]);
  });

  it('is nothing without an internal source', () => {
    const all = [...open, { ...guide, internal: false }];
    expect(repeated('The carrier lost three trucks.', all)).toEqual([]);
  });
});

describe('internal-quoted', () => {
  const draft = 'Dear Chloe,\nI am sorry. I can give you a voucher of EUR 25.00.';

  it('asks for a look at the statement and shows the internal words', () => {
    const { tier, gate, statements } = run(draft);
    expect(tier).toBe('high');
    expect(gate).toEqual([
      {
        ruleId: 'internal-quoted',
        policyVersion: DEFAULT_POLICY.version,
        owner: DEFAULT_POLICY.owner,
        tier: 'high',
        says: expect.stringContaining('internal'),
        statement: 3,
      },
    ]);
    expect(statements[2]?.passage).toMatchObject({ sourceId: 'guide', quote: 'EUR 25.00' });
  });

  it.each<[SendKind | undefined, number[]]>([
    ['reply', [3]],
    ['unknown', [3]],
    [undefined, [3]],
    ['note', []],
  ])('for a %s: %o', (kind, expected) => {
    expect(repeated(draft, [...open, guide], kind)).toEqual(expected);
  });

  it('leaves a contradiction in view', () => {
    const record = testSource('record', 'Voucher given: EUR 20.00', { kind: 'record' });
    const { statements } = run('The voucher given is EUR 25.00.', [record, guide]);
    expect(statements[0]).toMatchObject({ status: 'supported', passage: { sourceId: 'guide' } });
    const wrong = run('The carrier lost three trucks, voucher given: EUR 21.00.', [record, guide]);
    expect(wrong.statements[0]).toMatchObject({
      status: 'contradicted',
      passage: { sourceId: 'record' },
    });
    expect(wrong.gate.map(({ ruleId }) => ruleId)).toEqual([
      'fact-contradicted',
      'internal-quoted',
    ]);
  });
});
