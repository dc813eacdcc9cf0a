import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundDifferences, boundHash, boundPart, canonicalBound } from './bound.ts';
import type { Bound, BoundPart } from './bound.ts';

const base: Bound = {
  text: 'Hi Ana,\nwe refund €102.',
  links: [{ text: 'policy', href: 'https://desk.example/policy' }],
  kind: 'reply',
  recipients: ['ana@example.com', 'bo@example.com'],
  attachments: [],
};

const changes: Record<BoundPart, Bound> = {
  text: { ...base, text: 'Hi Ana,\nwe refund €120.' },
  links: { ...base, links: [{ text: 'policy', href: 'https://evil.example/policy' }] },
  kind: { ...base, kind: 'note' },
  recipients: { ...base, recipients: ['ana@example.com'] },
  attachments: { ...base, attachments: ['other.pdf'] },
};

test.each(boundPart.options)('a change of %s is a difference and another hash', (part) => {
  expect(boundDifferences(base, changes[part])).toEqual([part]);
  expect(boundHash(changes[part])).not.toBe(boundHash(base));
});

test('order and case of recipients, spaces of the text do not matter', () => {
  const same = {
    ...base,
    text: ` ${base.text}\n\n`,
    recipients: ['BO@example.com', 'ana@example.com '],
  };
  expect(boundDifferences(base, same)).toEqual([]);
  expect(boundHash(same)).toBe(boundHash(base));
});

test('a part that the site does not locate is not the same as an empty one', () => {
  expect(boundDifferences(base, { ...base, attachments: null })).toEqual(['attachments']);
});

test('differences and hash agree', () => {
  const text = fc.constantFrom('a', 'a ', 'b', 'a\n\nb', 'a\nb');
  const list = fc.option(fc.array(fc.constantFrom('x', 'X', 'y'), { maxLength: 2 }));
  const any = fc.record({
    text,
    links: fc.array(fc.record({ text, href: text }), { maxLength: 1 }),
    kind: fc.constantFrom('reply' as const, 'note' as const),
    recipients: list,
    attachments: list,
  });
  fc.assert(
    fc.property(any, any, (a, b) => {
      expect(boundDifferences(a, b).length === 0).toBe(boundHash(a) === boundHash(b));
    }),
  );
});

test('the hash is that of the canonical JSON (RFC 8785), whatever a text holds', () => {
  const text = fc.string({ unit: 'binary' });
  const list = fc.option(fc.array(text, { maxLength: 3 }));
  const any = fc.record({
    text,
    links: fc.array(fc.record({ text, href: text }), { maxLength: 3 }),
    kind: fc.constantFrom('reply' as const, 'note' as const, 'unknown' as const),
    recipients: list,
    attachments: list,
  });
  fc.assert(
    fc.property(any, (value) => {
      const json = canonicalize(canonicalBound(value)) ?? '';
      expect(boundHash(value)).toBe(bytesToHex(sha256(utf8ToBytes(json))));
    }),
  );
});

test('an address that is no well-formed text has a hash too, and another address another one', () => {
  const odd = (href: string) => boundHash({ ...base, links: [{ text: 'x', href }] });
  expect(odd('https://desk.example/\ud800')).not.toBe(odd('https://desk.example/\udbff'));
});
