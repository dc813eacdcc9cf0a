import { generateKeyPairSync, sign, verify, createPublicKey } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase64Url } from './base64.ts';
import {
  isCollectorKey,
  keyIdOf,
  receipt,
  receiptSigningInput,
  signedReceipt,
  verifyReceipt,
  type Receipt,
  type ReceiptStatement,
  type VerifySignature,
} from './receipt.ts';

const PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Node's own Ed25519: not the code that the extension verifies with. */
const byNode: VerifySignature = (publicKey, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([PREFIX, publicKey]), format: 'der', type: 'spki' }),
    signature,
  );

function keyPair() {
  const pair = generateKeyPairSync('ed25519');
  const bytes = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { key: { id: keyIdOf(bytes), publicKey: toBase64Url(bytes) }, private: pair.privateKey };
}

const own = keyPair();
const statement: ReceiptStatement = {
  format: 'countersign-receipt',
  v: 1,
  org: 'default',
  logid: '01932b7e-0000-7000-8000-000000000001',
  seq: 41,
  hash: 'ab'.repeat(32),
  eventsCount: 3,
  receivedAt: '2026-11-23T12:00:00.000Z',
  key: own.key.id,
};
const good = signedReceipt(statement, sign(null, receiptSigningInput(statement), own.private));

test('what is signed is the canonical JSON, whatever the order of the members', () => {
  const text = new TextDecoder().decode(receiptSigningInput(statement));
  expect(text).toBe(
    `{"eventsCount":3,"format":"countersign-receipt","hash":"${'ab'.repeat(32)}","key":"${own.key.id}",` +
      '"logid":"01932b7e-0000-7000-8000-000000000001","org":"default",' +
      '"receivedAt":"2026-11-23T12:00:00.000Z","seq":41,"v":1}',
  );
  expect(receiptSigningInput(good)).toEqual(receiptSigningInput(statement));
});

test('a good receipt verifies after a trip through JSON', async () => {
  const read = receipt.parse(JSON.parse(JSON.stringify(good)));
  expect(await verifyReceipt(read, own.key, byNode)).toBe(true);
});

const changes: [string, Partial<Receipt>][] = [
  ['org', { org: 'other' }],
  ['logid', { logid: '01932b7e-0000-7000-8000-000000000002' }],
  ['seq', { seq: 42 }],
  ['hash', { hash: 'ac'.repeat(32) }],
  ['eventsCount', { eventsCount: 4 }],
  ['receivedAt', { receivedAt: '2026-11-23T12:00:00.001Z' }],
  ['key', { key: '0'.repeat(16) }],
  ['signature', { signature: `${'A'.repeat(85)}Q` }],
  ['empty signature', { signature: '' }],
  ['org that is no text', { org: '\ud800' }],
];
test.each(changes)('another %s does not verify', async (_, change) => {
  expect(await verifyReceipt({ ...good, ...change }, own.key, byNode)).toBe(false);
});

test('another key does not verify, also under the same name', async () => {
  const other = keyPair();
  expect(await verifyReceipt(good, other.key, byNode)).toBe(false);
  const renamed = { ...other.key, id: own.key.id };
  expect(isCollectorKey(renamed)).toBe(false);
  expect(await verifyReceipt(good, renamed, byNode)).toBe(false);
});

test('no text at all in place of the signature makes it verify or throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (signature) => {
      expect(await verifyReceipt({ ...good, signature }, own.key, byNode)).toBe(false);
    }),
  );
});
