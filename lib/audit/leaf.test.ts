import * as fc from 'fast-check';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { base64UrlToHash, hexToBase64Url, leafHash, leafHashBytes } from './leaf.ts';

/** Leaves and their hashes of the Certificate Transparency test tree (RFC 6962 reference code). */
const CT_LEAVES: readonly [string, string][] = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'],
];

test.each(CT_LEAVES)('leaf hash of the published leaf "%s"', (leaf, hash) => {
  expect(bytesToHex(leafHashBytes(hexToBytes(leaf)))).toBe(hash);
});

test('the published root of the 8 test leaves comes out of these leaf hashes', () => {
  const leaves = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ].map((leaf) => leafHashBytes(hexToBytes(leaf)));
  const node = (left: Uint8Array, right: Uint8Array) =>
    new Uint8Array(createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest());
  let level = leaves;
  while (level.length > 1) {
    level = level.flatMap((left, index) => {
      const right = level[index + 1];
      return index % 2 === 0 && right !== undefined ? [node(left, right)] : [];
    });
  }
  expect(level.map(bytesToHex)).toEqual([
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]);
});

test('the leaf hash is SHA-256 of a zero byte and the UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const other = createHash('sha256').update(Buffer.of(0)).update(utf8ToBytes(text));
      expect(leafHash(text)).toBe(other.digest('hex'));
    }),
  );
});

test('base64url of a hash has one spelling and comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const hex = bytesToHex(bytes);
      const text = hexToBase64Url(hex);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect(base64UrlToHash(text)).toBe(hex);
    }),
  );
  const zero = hexToBase64Url('00'.repeat(32));
  expect(base64UrlToHash(`${zero.slice(0, -1)}B`)).toBeNull();
  expect(base64UrlToHash(`${zero}=`)).toBeNull();
  expect(base64UrlToHash('')).toBeNull();
});
