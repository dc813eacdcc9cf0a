import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { leafHash } from './leaf.ts';
import { draftOf, headOf, LOG, rowAfter, trailOf, uuidOf } from './trail.test-support.ts';
import type { TrailBreak, TrailRow } from './verdict.ts';
import { verifyTrail, type KnownHeads } from './verify.ts';

const SIZE = 200;
const trail = trailOf(SIZE);
const saved = headOf(trail);

const check = (rows: readonly TrailRow[], heads: KnownHeads = { saved }) =>
  verifyTrail(rows, { logid: LOG, heads });

const names = (breaks: readonly TrailBreak[], seq: number) =>
  breaks.some((found) => (found.seq <= seq && seq <= found.to) || found.other === seq);

const at = (rows: readonly TrailRow[], seq: number): TrailRow => {
  const row = rows[seq];
  if (row === undefined) throw new RangeError(`No row ${seq}`);
  return row;
};
const replaced = (seq: number, row: TrailRow) => trail.map((old) => (old.seq === seq ? row : old));
const rehashed = (row: TrailRow, raw: string): TrailRow => ({ ...row, raw, hash: leafHash(raw) });

test('an untouched trail is verified, whole', async () => {
  expect(await check(trail)).toEqual({
    state: 'verified',
    logid: LOG,
    from: 0,
    count: SIZE,
    synced: 0,
    witnessed: 0,
    last: saved,
    breaks: [],
    unevaluated: [],
    previous: null,
  });
});

test('without a head it is not evaluated: a cut tail would not show', async () => {
  expect(await check(trail, {})).toMatchObject({
    state: 'not-evaluated',
    unevaluated: ['no-head'],
  });
  expect(await check([], {})).toMatchObject({ unevaluated: ['no-head', 'no-entries'] });
});

const anySeq = fc.nat(SIZE - 1);

test('every flipped bit of an entry is found and named', async () => {
  await fc.assert(
    fc.asyncProperty(anySeq, fc.nat(), fc.nat(7), async (seq, place, bit) => {
      const row = at(trail, seq);
      const bytes = Buffer.from(row.raw);
      bytes.writeUInt8(bytes.readUInt8(place % bytes.length) ^ (1 << bit), place % bytes.length);
      // Read as text, as a database or an export would: broken UTF-8 becomes U+FFFD.
      const { state, breaks } = await check(replaced(seq, { ...row, raw: bytes.toString() }));
      expect(state).toBe('broken');
      expect(breaks).toContainEqual(expect.objectContaining({ kind: 'changed', seq, to: seq }));
      // A changed link puts the entry before in doubt too, and nothing else.
      const doubt = { kind: 'rehashed', meaning: 'one-of', seq: seq - 1, to: seq };
      for (const other of breaks) if (other.kind !== 'changed') expect(other).toEqual(doubt);
    }),
    { numRuns: 60 },
  );
});

test('every changed field of an entry is found and named, also with a fresh fingerprint', async () => {
  const fields = Object.keys(JSON.parse(at(trail, 7).raw));
  expect(fields.length).toBeGreaterThan(14);
  for (const field of fields) {
    for (const fresh of [false, true]) {
      const row = at(trail, 7);
      const old = row.raw.match(new RegExp(`"${field}":("[^"]*"|\\{[^}]*\\})`))?.[0] ?? '';
      const next = old.endsWith('}')
        ? old.replace('0.5', '0.6')
        : old.replace(/.(?=.{3}"$)/, (char) => (char === '1' ? '2' : '1'));
      expect(next).not.toBe(old);
      const raw = row.raw.replace(old, next);
      const bad = fresh ? rehashed(row, raw) : { ...row, raw };
      const { state, breaks } = await check(replaced(7, bad));
      expect(state, field).toBe('broken');
      expect(names(breaks, 7), field).toBe(true);
    }
  }
});

test('a changed fingerprint is told from a changed entry', async () => {
  const row = at(trail, 9);
  const wrong = `${row.hash.slice(0, -1)}${row.hash.endsWith('0') ? '1' : '0'}`;
  expect((await check(replaced(9, { ...row, hash: wrong }))).breaks).toEqual([
    { kind: 'changed', meaning: 'fingerprint', seq: 9, to: 9 },
  ]);
  const raw = row.raw.replace('0.5', '0.6');
  expect((await check(replaced(9, { ...row, raw }))).breaks).toEqual([
    { kind: 'changed', meaning: 'text', seq: 9, to: 9 },
  ]);
  expect((await check(replaced(9, rehashed(row, raw)))).breaks).toEqual([
    { kind: 'rehashed', meaning: 'replaced', seq: 9, to: 9 },
  ]);
});

test('any removed entries are named, the last ones as a cut tail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(anySeq, { minLength: 1, maxLength: 6 }), async (gone) => {
      const { breaks, state } = await check(trail.filter((row) => !gone.includes(row.seq)));
      expect(state).toBe('broken');
      expect(breaks.every(({ kind }) => kind === 'removed' || kind === 'cut')).toBe(true);
      for (let seq = 0; seq < SIZE; seq += 1) expect(names(breaks, seq)).toBe(gone.includes(seq));
    }),
    { numRuns: 40 },
  );
  expect((await check(trail.slice(0, 150))).breaks).toEqual([
    { kind: 'cut', meaning: 'tail', seq: 150, to: 199 },
  ]);
  expect((await check([])).breaks).toEqual([{ kind: 'cut', meaning: 'tail', seq: 0, to: 199 }]);
});

test('two exchanged lines are named, and only they', async () => {
  await fc.assert(
    fc.asyncProperty(anySeq, anySeq, async (a, b) => {
      fc.pre(a !== b);
      const rows = trail.map((row) =>
        row.seq === a ? at(trail, b) : row.seq === b ? at(trail, a) : row,
      );
      const { breaks } = await check(rows);
      for (const found of breaks)
        expect(found).toMatchObject({ kind: 'swapped', meaning: 'order' });
      for (let seq = 0; seq < SIZE; seq += 1) {
        expect(names(breaks, seq)).toBe(seq === a || seq === b);
      }
    }),
    { numRuns: 40 },
  );
  for (const [a, b] of [
    [4, 5],
    [4, 6],
  ] as const) {
    const { breaks } = await check(trail.with(a, at(trail, b)).with(b, at(trail, a)));
    expect([3, 4, 5, 6, 7].filter((seq) => names(breaks, seq))).toEqual([a, b]);
  }
  const late = [...trail.slice(0, 4), ...trail.slice(5, 9), at(trail, 4), ...trail.slice(9)];
  expect((await check(late)).breaks).toEqual([
    { kind: 'swapped', meaning: 'order', seq: 4, to: 4 },
  ]);
});

test('two entries exchanged under their numbers are named', async () => {
  const [a, b] = [at(trail, 3), at(trail, 70)];
  const rows = trail.map((row) =>
    row.seq === 3 ? { ...b, seq: 3 } : row.seq === 70 ? { ...a, seq: 70 } : row,
  );
  expect((await check(rows)).breaks).toEqual([
    { kind: 'swapped', meaning: 'holds-other', seq: 3, to: 3, other: 70 },
    { kind: 'swapped', meaning: 'holds-other', seq: 70, to: 70, other: 3 },
  ]);
  const rawOnly = trail.map((row) =>
    row.seq === 3 ? { ...a, raw: b.raw } : row.seq === 70 ? { ...b, raw: a.raw } : row,
  );
  expect((await check(rawOnly)).breaks.map(({ kind, seq }) => [kind, seq])).toEqual([
    ['swapped', 3],
    ['swapped', 70],
  ]);
});

test('an added entry is named: a second one, one of another log, one after the end', async () => {
  const copy = [...trail.slice(0, 50), at(trail, 20), ...trail.slice(50)];
  expect((await check(copy)).breaks).toEqual([
    { kind: 'added', meaning: 'second-entry', seq: 20, to: 20 },
  ]);
  const other = at(trailOf(SIZE, { logid: uuidOf(77) }), 20);
  expect((await check(replaced(20, other))).breaks).toEqual([
    { kind: 'added', meaning: 'other-log', seq: 20, to: 20 },
  ]);
  const longer = [...trail, rowAfter(saved, draftOf('decision.approved'))];
  expect((await check(longer)).breaks).toEqual([
    { kind: 'added', meaning: 'after-head', seq: 200, to: 200 },
  ]);
});

test('an inserted entry with all later ones renumbered is named', async () => {
  const extra = rowAfter(at(trail, 9), draftOf('decision.approved', { forged: true }));
  const rows = [
    ...trail.slice(0, 10),
    extra,
    ...trail.slice(10).map((row) => ({ ...row, seq: row.seq + 1 })),
  ];
  const { state, breaks } = await check(rows);
  expect(state).toBe('broken');
  expect(names(breaks, 10)).toBe(true);
});

test('two neighbours with fresh fingerprints are both named', async () => {
  const renew = (seq: number) => rehashed(at(trail, seq), at(trail, seq).raw.replace('0.5', '0.6'));
  const { breaks } = await check(
    replaced(30, renew(30)).map((row) => (row.seq === 31 ? renew(31) : row)),
  );
  expect(names(breaks, 30)).toBe(true);
  expect(names(breaks, 31)).toBe(true);
});

test('any handful of changes is named, each one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anySeq, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      async (seqs, fresh) => {
        const rows = trail.map((row) => {
          if (!seqs.includes(row.seq)) return row;
          const raw = row.raw.replace('2026', '2025');
          return fresh ? rehashed(row, raw) : { ...row, raw };
        });
        const { breaks } = await check(rows);
        for (const seq of seqs) expect(names(breaks, seq)).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});

test('columns that differ from their entry are named', async () => {
  const columns = {
    id: uuidOf(5),
    type: 'decision.approved',
    itemId: 'item-1',
    actor: 'Mia',
    siteId: 'desk',
    time: Date.UTC(2026, 10, 23, 9, 0, 5),
  };
  expect((await check(replaced(5, { ...at(trail, 5), columns }))).state).toBe('verified');
  const wrong = {
    id: 'x',
    type: 'decision.rejected',
    itemId: 'x',
    actor: 'x',
    siteId: 'x',
    time: 1,
  };
  for (const [name, value] of Object.entries(wrong)) {
    const row = { ...at(trail, 5), columns: { ...columns, [name]: value } };
    expect((await check(replaced(5, row))).breaks).toEqual([
      { kind: 'changed', meaning: 'columns', seq: 5, to: 5 },
    ]);
  }
});

test('progress is told and the check can be ended', async () => {
  const steps: number[] = [];
  const rows = trailOf(1001);
  const options = { logid: LOG, heads: { saved: headOf(rows) } };
  await verifyTrail(rows, { ...options, onProgress: (done) => steps.push(done) });
  expect(steps).toEqual([500, 1000, 1001]);
  await expect(verifyTrail(rows, { ...options, signal: AbortSignal.abort() })).rejects.toThrow(
    'abort',
  );
});
