import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heldOutSet, tuneSet } from '../../tests/fixtures/redact/labelled.ts';
import { seeded, VALUES } from '../../tests/fixtures/redact/values.ts';
import { LONGEST_KIND, REDACTION_KINDS, type RedactionKind } from './kinds.ts';
import { redact } from './redact.ts';

const CARD = '4111 1111 1111 1111';

test('equal values get the same placeholder, others the next', () => {
  const text = `Card ${CARD}, then 5500 0000 0000 0004, again ${CARD.replaceAll(' ', '-')}. Mail a@b.example`;
  expect(redact(text).text).toBe('Card [card 1], then [card 2], again [card 1]. Mail [email 1]');
});

test('a placeholder that stood there keeps its number for itself', () => {
  expect(redact(`[card 1] is not ${CARD}`).text).toBe('[card 1] is not [card 2]');
});

test('a placeholder is no word that speaks for what stands beside it', () => {
  expect(redact('[phone 1] 55512345').text).toBe('[phone 1] 55512345');
  expect(redact('password: [password 1]').text).toBe('password: [password 1]');
});

test('offsets are those of the text that was given, behind astral signs too', () => {
  const text = `😀 𝒳 ${CARD} 👩‍👩‍👧 a@b.example`;
  expect(redact(text).found.map(({ kind, from, to }) => [kind, text.slice(from, to)])).toEqual([
    ['card', CARD],
    ['email', 'a@b.example'],
  ]);
});

test('figures of other scripts, wide signs and invisible ones hide nothing', () => {
  for (const text of [
    '４１１１ １１１１ １１１１ １１１１',
    '٤١١١ ١١١١ ١١١١ ١١١١',
    '4111\u00a01111\u20111111\u200b1111',
    '𝟜𝟙𝟙𝟙 𝟙𝟙𝟙𝟙 𝟙𝟙𝟙𝟙 𝟙𝟙𝟙𝟙',
    '41\u200d11\u206011\ufeff1111\u00ad111111',
    'a\uffff4111111111111111\uffffb',
  ])
    expect(redact(text).text.replace(/[^\x20-\x7e]/g, ''), text).toMatch(/^a?\[card 1\]b?$/);
  expect(redact('jane\u200b.doe＠mail．example').text).toBe('[email 1]');
});

test('where two kinds claim a place, none of it stays', () => {
  expect(redact('https://bot:12345678@git.example/x').text).toBe('https://[url-secret 1]/x');
});

test('only the kinds that were asked for', () => {
  expect(redact(`${CARD} a@b.example`, { kinds: ['email'] }).text).toBe(`${CARD} [email 1]`);
});

test('a private key goes whole, also when its end is missing', () => {
  const key = VALUES['private-key'](seeded(1));
  expect(redact(`x\n${key}\ny`).text).toBe('x\n[private-key 1]\ny');
  const cut = key.slice(0, key.indexOf('\n-----END'));
  expect(redact(`x\n${cut}\ny`).text).toBe('x\n[private-key 1]\ny');
});

/** Words and signs around which a value may stand. */
const between = fc.constantFrom(' ', ', ', '\n', ' – ', ': ', '. ', ' (', ') ', ' 😀 ', '、', '"');
const anyKind = fc.constantFrom(...REDACTION_KINDS);
const value = fc.tuple(anyKind, fc.nat()).map(([kind, seed]) => VALUES[kind](seeded(seed)));
const prose = fc.constantFrom(
  'order',
  'born',
  'password: ',
  'tel',
  'card',
  'IBAN',
  'the',
  'ref',
  '[card 1]',
  '[phone 2]',
  'token=',
  '://',
  '@',
  'NHS',
  '-----BEGIN PRIVATE KEY-----',
  'Паспорт',
  '电话',
  '\u200b',
  '\ud83d',
  '\uffff',
  '12',
  '.',
  'born 1.1.1980',
);
const text = fc
  .array(fc.oneof(value, prose, between, fc.string({ unit: 'binary', maxLength: 12 })), {
    maxLength: 14,
  })
  .map((parts) => parts.join(''));

describe('whatever the text', () => {
  test('redacting twice changes nothing more', () => {
    fc.assert(
      fc.property(text, (given) => {
        const once = redact(given).text;
        expect(redact(once)).toEqual({ text: once, found: [] });
      }),
      { numRuns: 1500 },
    );
  });

  test('the offsets rebuild the outcome, which grows by no more than the placeholders', () => {
    fc.assert(
      fc.property(text, (given) => {
        const { text: out, found } = redact(given);
        let at = 0;
        const pattern = found.map(({ from, to }) => {
          expect(from).toBeGreaterThanOrEqual(at);
          expect(to).toBeGreaterThan(from);
          const kept = given.slice(at, from);
          at = to;
          return kept;
        });
        let rest = out;
        for (const [place, kept] of pattern.entries()) {
          expect(rest.startsWith(kept)).toBe(true);
          const label = /^\[[a-z-]+ \d+\]/.exec(rest.slice(kept.length))?.[0] ?? '';
          expect(label).toContain(found[place]?.kind);
          rest = rest.slice(kept.length + label.length);
        }
        expect(rest).toBe(given.slice(at));
        expect(out.length).toBeLessThanOrEqual(given.length + found.length * (LONGEST_KIND + 9));
        expect(out.length).toBeLessThanOrEqual(given.length * 8);
      }),
      { numRuns: 800 },
    );
  });

  /** These are told by their form alone, with no word beside them. */
  const ALONE: readonly RedactionKind[] = [
    'email',
    'card',
    'iban',
    'crypto-address',
    'mac',
    'us-mbi',
    'uk-nino',
    'fr-nir',
    'es-nif',
    'it-fiscal-code',
    'pl-pesel',
    'se-personnummer',
    'no-fnr',
    'fi-hetu',
    'in-aadhaar',
    'br-cpf',
    'private-key',
    'jwt',
    'api-key',
  ];
  test.each(ALONE)('no %s that stands free survives', (kind) => {
    fc.assert(
      fc.property(fc.nat(), between, between, (seed, before, after) => {
        const canary = VALUES[kind](seeded(seed));
        const { text: out } = redact(`word${before}${canary}${after}word`);
        expect(out).not.toContain(canary);
        expect(out).toMatch(/\[[a-z-]+ 1\]/);
      }),
      { numRuns: 150 },
    );
  });
});

test('the labelled sentences that are worked with all come out right', () => {
  for (const { text, spans } of tuneSet()) {
    const { found } = redact(text);
    expect(
      found.map(({ kind }) => kind),
      text,
    ).toEqual(spans.map(({ kind }) => kind));
    for (const [place, span] of spans.entries()) {
      expect(found[place]?.from, text).toBeLessThanOrEqual(span.from);
      expect(found[place]?.to, text).toBeGreaterThanOrEqual(span.to);
    }
  }
});

test('the held-out sentences do not come out worse than was measured', () => {
  const set = heldOutSet();
  const values = set.flatMap(({ text, spans }) => {
    const { found } = redact(text);
    return spans.map((span) => found.some((each) => each.from <= span.from && each.to >= span.to));
  });
  const empty = set.filter(({ spans }) => spans.length === 0);
  expect(set.length + tuneSet().length).toBeGreaterThanOrEqual(600);
  expect(values.filter(Boolean).length / values.length).toBeGreaterThan(0.99);
  expect(
    empty.filter(({ text }) => redact(text).found.length === 0).length / empty.length,
  ).toBeGreaterThan(0.97);
});
