import { bytesToHex } from '@noble/hashes/utils.js';
import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { commitmentOf, commitmentsIn } from './commitment.ts';
import { ContentCheck } from './content-check.ts';
import { draftOf, headOf, LOG, rowAfter } from './trail.test-support.ts';
import { verifyTrail } from './verify.ts';

test('commitments: the published form, found anywhere, broken by any change', () => {
  const salt = new Uint8Array(32).fill(7);
  const expected = createHash('sha256')
    .update('cs1|note')
    .update(Buffer.of(0))
    .update(salt)
    .update('Grüße')
    .digest('base64url');
  expect(commitmentOf('note', salt, 'Grüße')).toBe(`cs1:${expected}`);
  const one = commitmentOf('note', salt, 'a');
  expect(commitmentsIn({ a: [{ b: one }], c: 'cs1:no', d: 3, e: null })).toEqual([one]);
  expect(() => commitmentOf('note', new Uint8Array(31), 'a')).toThrow(RangeError);
});

test('a changed text is named by its entry, an erased one only counted, a strange one counted', async () => {
  const content = (field: string, text: string) => {
    const salt = new Uint8Array(randomBytes(32));
    return { field, text, salt: bytesToHex(salt), commitment: commitmentOf(field, salt, text) };
  };
  const [draft, note, gone] = [content('draft', 'One'), content('note', 'Two'), content('x', '3')];
  const first = rowAfter(null, draftOf('log.started'));
  const rows = [
    first,
    rowAfter(
      first,
      draftOf('decision.approved', {
        draft: draft.commitment,
        list: [note.commitment, gone.commitment],
      }),
    ),
  ];
  const run = async (contents: (typeof draft)[]) => {
    const found = new ContentCheck();
    contents.forEach((row) => found.add(row));
    const verdict = await verifyTrail(rows, {
      logid: LOG,
      heads: { saved: headOf(rows) },
      contents: found,
    });
    return { breaks: verdict.breaks, counts: found.counts };
  };
  expect(await run([draft, note])).toEqual({
    breaks: [],
    counts: { matching: 2, missing: 1, unnamed: 0 },
  });
  for (const change of [
    { text: 'one' },
    { field: 'edited' },
    { salt: '00'.repeat(32) },
    { salt: 'x' },
  ]) {
    expect((await run([{ ...draft, ...change }, note])).breaks).toEqual([
      { kind: 'changed', meaning: 'content', seq: 1, to: 1 },
    ]);
  }
  expect((await run([draft, content('draft', 'Forged')])).counts).toEqual({
    matching: 1,
    missing: 2,
    unnamed: 1,
  });
});
