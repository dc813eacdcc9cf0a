import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftOf, headOf, LOG, rowAfter, trailOf } from './trail.test-support.ts';
import type { TrailBreak, TrailRow } from './verdict.ts';
import { verifyTrail, type KnownHeads } from './verify.ts';

const SIZE = 200;
const trail = trailOf(SIZE);
const saved = headOf(trail);

const check = (rows: readonly TrailRow[], heads: KnownHeads) =>
  verifyTrail(rows, { logid: LOG, heads });

const names = (breaks: readonly TrailBreak[], seq: number) =>
  breaks.some((found) => found.seq <= seq && seq <= found.to);

const at = (rows: readonly TrailRow[], seq: number): TrailRow => {
  const row = rows[seq];
  if (row === undefined) throw new RangeError(`No row ${seq}`);
  return row;
};

/** All entries from `seq` on, with another decision there and every fingerprint and link renewed. */
function rewrittenFrom(seq: number): TrailRow[] {
  const rows = trail.slice(0, seq);
  rows.push(rowAfter(rows.at(-1) ?? null, draftOf('decision.rejected', { forged: true })));
  while (rows.length < SIZE) {
    rows.push(
      rowAfter(rows.at(-1) ?? null, draftOf('decision.approved', { version: rows.length })),
    );
  }
  return rows;
}

test('a rewritten rest is caught against any head that was kept elsewhere', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(SIZE - 1),
      fc.constantFrom('saved', 'mirror', 'synced', 'witnessed'),
      async (seq, which) => {
        const rows = rewrittenFrom(seq);
        const { breaks } = await check(rows, { saved: headOf(rows), [which]: saved });
        expect(breaks.some(({ kind }) => kind === 'rehashed')).toBe(true);
        expect(names(breaks, seq)).toBe(true);
        // An owner of the device who renews the head as well is not caught, and this is said.
        expect((await check(rows, { saved: headOf(rows) })).state).toBe('verified');
      },
    ),
    { numRuns: 12 },
  );
});

test('heads in the middle narrow the place down and count what they cover', async () => {
  const synced = { logid: LOG, seq: 120, hash: at(trail, 120).hash };
  const witnessed = { logid: LOG, seq: 80, hash: at(trail, 80).hash };
  expect(await check(trail, { saved, synced, witnessed })).toMatchObject({
    state: 'verified',
    synced: 121,
    witnessed: 81,
  });
  const rows = rewrittenFrom(100);
  expect(await check(rows, { saved: headOf(rows), synced, witnessed })).toMatchObject({
    state: 'broken',
    synced: 0,
    witnessed: 81,
    breaks: [{ kind: 'rehashed', meaning: 'rewritten', seq: 81, to: 120 }],
  });
});

test('a check goes on from an earlier one, and sees when the ground moved', async () => {
  const since = { logid: LOG, seq: 149, hash: at(trail, 149).hash };
  const rest = trail.slice(150);
  const later = (rows: TrailRow[]) => verifyTrail(rows, { logid: LOG, heads: { saved }, since });
  expect(await later(rest)).toMatchObject({ state: 'verified', from: 150, count: 50, last: saved });
  const forged = rewrittenFrom(140);
  expect(
    await verifyTrail(forged.slice(150), { logid: LOG, heads: { saved: headOf(forged) }, since }),
  ).toMatchObject({
    state: 'broken',
    breaks: [{ kind: 'rehashed', meaning: 'replaced', seq: 150, to: 150 }],
  });
  expect(await verifyTrail([], { logid: LOG, heads: { saved: since }, since })).toMatchObject({
    state: 'verified',
    last: since,
  });
});

test('a rest that does not link to an entry someone else holds is named where it begins', async () => {
  const rows = trail.slice(0, 121);
  let before: TrailRow = { ...at(trail, 120), hash: 'ab'.repeat(32) };
  while (rows.length < SIZE) {
    before = rowAfter(before, draftOf('decision.approved', { forged: rows.length }));
    rows.push(before);
  }
  const synced = { logid: LOG, seq: 120, hash: at(trail, 120).hash };
  expect((await check(rows, { saved: headOf(rows), synced })).breaks).toEqual([
    { kind: 'rehashed', meaning: 'replaced', seq: 121, to: 121 },
  ]);
  // Without that head it can only be said that the two do not fit.
  expect((await check(rows, { saved: headOf(rows) })).breaks).toEqual([
    { kind: 'rehashed', meaning: 'replaced', seq: 120, to: 120 },
  ]);
});
