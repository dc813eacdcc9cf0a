import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readExportLine } from '../../lib/audit/export-format.ts';
import { leafHash, type Head } from '../../lib/audit/leaf.ts';
import { verifyExport, type ExportVerdict } from '../../lib/audit/verify-export.ts';
import { openStore } from '../../lib/store/store.ts';
import { draft, freshName, testEnv } from '../../lib/store/store.test-support.ts';

const SIZE = 200;

/** An export of `size` entries; every tenth names a text. */
async function exported(size: number): Promise<{ lines: string[]; head: Head }> {
  const store = openStore(freshName());
  await store.commit(testEnv(), async (tx) => {
    for (let n = 1; n < size; n += 1) {
      const data = { siteId: 'desk', n, share: 0.25, reasons: ['tone'] };
      if (n % 10 === 0) {
        const note = await tx.content('item-1', 'note', 1, `Grüße\n\u2028 ${n}`);
        await tx.append(draft('decision.edited', { ...data, note: note.commitment }));
      } else await tx.append(draft('decision.approved', data));
    }
  });
  const head = await store.head();
  const lines: string[] = [];
  const options = { now: 1_800_000_000_000, extensionVersion: '0.1.0', contents: true };
  for await (const line of store.exportLines(options)) lines.push(line);
  store.close();
  if (head === null) throw new Error('There is a head');
  return { lines, head };
}

const check = (lines: readonly string[], known: readonly Head[] = []) =>
  verifyExport(() => lines, { known });

/** Whether some break names the entry. */
const names = ({ logs }: ExportVerdict, seq: number) =>
  logs.some((log) =>
    log.breaks.some((found) => (found.seq <= seq && seq <= found.to) || found.other === seq),
  );

let whole: { lines: string[]; head: Head };
let folder: string;
beforeAll(async () => {
  whole = await exported(SIZE);
  folder = await mkdtemp(join(tmpdir(), 'countersign-verify-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const seqOf = (text: string) => {
  const line = readExportLine(text);
  return line?.line === 'event' ? line.seq : null;
};

test('an export holds each entry exactly as stored, and is verified', async () => {
  const { lines, head } = whole;
  expect(lines.filter((text) => seqOf(text) !== null)).toHaveLength(SIZE);
  for (const text of lines) {
    expect(text).not.toContain('\n');
    const line = readExportLine(text);
    if (line?.line === 'event') expect(leafHash(line.raw)).toBe(line.hash);
  }
  expect(await check(lines, [head])).toMatchObject({
    state: 'verified',
    count: SIZE,
    total: SIZE,
    unreadable: [],
    contents: { matching: 19, missing: 0, unnamed: 0 },
    header: { extensionVersion: '0.1.0' },
  });
});

test('without its texts it is verified all the same', async () => {
  const bare = whole.lines.filter((text) => readExportLine(text)?.line !== 'content');
  expect(await check(bare)).toMatchObject({
    state: 'verified',
    contents: { matching: 0, missing: 19 },
  });
});

function flipped(text: string, place: number, bit: number): string {
  const bytes = Buffer.from(text);
  const at = place % bytes.length;
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
  return bytes.toString();
}

/** What must hold after one line was changed. */
async function expectNamed(lines: string[], index: number, changed: string): Promise<void> {
  const original = lines[index] ?? '';
  const before = readExportLine(original);
  const after = readExportLine(changed);
  // Another spelling of the same JSON changes nothing that the line says.
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  // A broken line break makes two lines, as it would in a file.
  const parts = changed.split(/\r\n|[\n\r]/);
  const verdict = await check(lines.toSpliced(index, 1, ...parts));
  if (before?.line === 'event') {
    expect(verdict.state, changed).toBe('broken');
    expect(names(verdict, before.seq), changed).toBe(true);
  } else if (before?.line === 'header') {
    if (after === null) expect(verdict.state).toBe('not-evaluated');
  } else {
    expect(verdict.state, changed).not.toBe('verified');
  }
}

test('any flipped bit of any line of a 200-entry export is found, and its entry named', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), fc.nat(7), async (line, place, bit) => {
      const index = line % whole.lines.length;
      await expectNamed(whole.lines, index, flipped(whole.lines[index] ?? '', place, bit));
    }),
    { numRuns: 60 },
  );
});

test('every byte of an entry, a text and the end of a log is guarded', async () => {
  const { lines } = await exported(13);
  for (const kind of ['log', 'content', 'event']) {
    const index = lines.findLastIndex((text) => readExportLine(text)?.line === kind);
    const text = lines[index] ?? '';
    for (let place = 0; place < Buffer.byteLength(text); place += 1) {
      await expectNamed(lines, index, flipped(text, place, place % 7));
    }
  }
}, 60_000);

test('removed, doubled and exchanged lines are named', async () => {
  const { lines } = whole;
  const index = (seq: number) => lines.findIndex((text) => seqOf(text) === seq);
  const line = (seq: number) => lines[index(seq)] ?? '';
  await fc.assert(
    fc.asyncProperty(fc.nat(SIZE - 1), fc.nat(SIZE - 1), async (a, b) => {
      fc.pre(a !== b);
      const without = await check(lines.toSpliced(index(a), 1));
      expect(without.state).toBe('broken');
      expect(names(without, a)).toBe(true);
      const doubled = await check(lines.toSpliced(index(b), 0, line(a)));
      expect(doubled.state).toBe('broken');
      expect(names(doubled, a)).toBe(true);
      const exchanged = await check(lines.with(index(a), line(b)).with(index(b), line(a)));
      expect(exchanged.state).toBe('broken');
      expect(names(exchanged, a) && names(exchanged, b)).toBe(true);
    }),
    { numRuns: 15 },
  );
});

test('a second end of a log, a second header and strange lines are named by their number', async () => {
  const { lines } = whole;
  const [header = '', log = ''] = lines;
  expect(await check([...lines, log, header, '[]'])).toMatchObject({
    state: 'not-evaluated',
    unreadable: [lines.length + 1, lines.length + 2, lines.length + 3],
  });
  expect(await check(lines.slice(1))).toMatchObject({ state: 'not-evaluated', header: null });
});

test('a head from elsewhere catches an export that was cut together with its end', async () => {
  const { lines, head } = whole;
  const cut = lines.filter((text) => (seqOf(text) ?? 0) < 150);
  const last = readExportLine(cut.findLast((text) => seqOf(text) === 149) ?? '');
  const end = { seq: 149, hash: last?.line === 'event' ? last.hash : '' };
  const forged = cut.map((text) =>
    readExportLine(text)?.line === 'log'
      ? JSON.stringify({ ...Object(JSON.parse(text)), head: end })
      : text,
  );
  const texts = new Set<string>();
  for (const text of cut) {
    const read = readExportLine(text);
    if (read?.line === 'event')
      for (const hit of read.raw.match(/cs1:[\w-]{43}/g) ?? []) texts.add(hit);
  }
  const consistent = forged.filter((text) => {
    const read = readExportLine(text);
    return read?.line !== 'content' || texts.has(read.commitment);
  });
  expect((await check(consistent)).state).toBe('verified');
  const verdict = await check(consistent, [head]);
  expect(verdict.logs[0]?.breaks).toEqual([{ kind: 'cut', meaning: 'tail', seq: 150, to: 199 }]);
});

interface Run {
  code: number;
  out: string;
}

async function verify(lines: readonly string[] | null, ...args: string[]): Promise<Run> {
  const file = join(folder, 'trail.jsonl');
  if (lines !== null) await writeFile(file, `${lines.join('\n')}\n`);
  const all = ['scripts/verify.ts', ...(lines === null ? [] : [file]), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, all, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), out: stdout + stderr });
    });
  });
}

test('the command says it in words and by its exit code', async () => {
  const { lines, head } = whole;
  const good = await verify(lines, '--head', `${head.logid}:${head.seq}:${head.hash}`);
  expect(good.out).toMatch(/^Verified 200 of 200 entries, 0 witnessed\./);
  expect(good.code).toBe(0);

  const at = lines.findIndex((text) => seqOf(text) === 9);
  const bad = await verify(lines.with(at, (lines[at] ?? '').replace('0.25', '0.75')));
  expect(bad.out).toMatch(/^Broken: 1 break\./);
  expect(bad.out).toContain('Entry 9: changed, the entry differs from its fingerprint');
  expect(bad.code).toBe(1);

  const noEnd = await verify(lines.filter((text) => readExportLine(text)?.line !== 'log'));
  expect(noEnd.out).toMatch(/^Not evaluated/);
  expect(noEnd.out).toContain('a cut end would not show');
  expect(noEnd.code).toBe(2);

  const junk = await verify([...lines, 'junk', '{}']);
  expect(junk.out).toContain(`2 lines are not in the format of an export`);
  expect(junk.code).toBe(2);

  expect(await verify([])).toMatchObject({ code: 2 });
  expect(await verify(null, '/no/such/file')).toMatchObject({ code: 2 });
  expect(await verify(null)).toMatchObject({ code: 2 });
  expect(await verify(lines, '--head', 'x')).toMatchObject({ code: 2 });
  expect(await verify(lines, '--nonsense')).toMatchObject({ code: 2 });
  const help = await verify(null, '--help');
  expect(help.code).toBe(0);
  expect(help.out).toContain('npm run verify -- FILE');
}, 60_000);
