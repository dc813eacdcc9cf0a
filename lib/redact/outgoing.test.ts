import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_OUTGOING, outgoingOf, type KeptText } from './outgoing.ts';

const kept = (field: KeptText['field'], ...parts: string[]): KeptText => ({
  field,
  commitment: `cs1:${field}`,
  parts,
  salt: field === 'quotes' ? '' : 'ab'.repeat(32),
});
const CARD = '4111 1111 1111 1111';
const OTHER = '5500 0000 0000 0004';
const texts = [
  kept('draft', `Your card ${CARD} was charged 120.00, dear Ana.`),
  kept('edited', `Your card ${OTHER} was charged 102.00, dear Ana.`),
  kept('note', 'The amount was wrong.'),
  kept('quotes', 'charged 102.00', `card ${CARD}`),
];

test('each level lets only its own fields leave', () => {
  const fields = (level: 'ids' | 'edits' | 'full') =>
    outgoingOf(level, texts).map(({ field }) => field);
  expect(fields('ids')).toEqual([]);
  expect(fields('edits')).toEqual(['edit', 'note']);
  expect(fields('full')).toEqual(['edit', 'draft', 'edited', 'note', 'quotes']);
});

test('an edit is told by what changed, and values are told apart without being told', () => {
  const [edit] = outgoingOf('edits', texts);
  expect(JSON.parse(edit?.text ?? '')).toEqual([
    { kept: 3 },
    { removed: '1' },
    { added: '2' },
    { kept: 2 },
    { removed: '120.00' },
    { added: '102.00' },
    { kept: 2 },
  ]);
  expect(edit).toMatchObject({ redactions: { card: 2 }, salt: null, commitment: 'cs1:edited' });
  const [, draft, edited, , quotes] = outgoingOf('full', texts);
  expect([draft?.text, edited?.text]).toEqual([
    'Your card [card 1] was charged 120.00, dear Ana.',
    'Your card [card 2] was charged 102.00, dear Ana.',
  ]);
  expect(JSON.parse(quotes?.text ?? '')).toEqual(['charged 102.00', 'card [card 1]']);
});

test('the salt goes only with a text that is as it was written', () => {
  const salts = outgoingOf('full', [
    ...texts,
    kept('note', 'x'.repeat(MAX_OUTGOING + 1)),
    kept('note', 'a\0b'),
    kept('note', 'a\ud800b'),
  ]).map(({ field, salt, cut }) => [field, salt !== null, cut]);
  expect(salts).toEqual([
    ['edit', false, false],
    ['draft', false, false],
    ['edited', false, false],
    ['note', true, false],
    ['quotes', false, false],
    ['note', false, true],
    ['note', false, false],
    ['note', false, false],
  ]);
});

test('whatever surrounds them and however long it is, values do not leave', () => {
  const around = fc.string({ maxLength: 60 });
  const length = fc.constantFrom(0, 100, MAX_OUTGOING - 30, MAX_OUTGOING, MAX_OUTGOING + 8_180);
  fc.assert(
    fc.property(around, around, length, (before, after, filler) => {
      const text = `${'word '.repeat(Math.ceil(filler / 5)).slice(0, filler)}${before} ${CARD} ${after} mia@canary.example .`;
      const sent = outgoingOf('full', [kept('draft', text), kept('edited', `${text} more`)]);
      for (const each of sent) {
        expect(each.text).not.toMatch(/4111[ \d]{2,}/u);
        expect(each.text).not.toContain('mia@canary');
        expect(each.text.length).toBeLessThanOrEqual(MAX_OUTGOING * 2);
      }
    }),
    { numRuns: 60 },
  );
});

test('more passages than are sent: the rest is said to be missing', () => {
  const [quotes] = outgoingOf('full', [kept('quotes', ...Array.from({ length: 60 }, () => 'q'))]);
  expect(JSON.parse(quotes?.text ?? '')).toHaveLength(50);
  expect(quotes?.cut).toBe(true);
});
