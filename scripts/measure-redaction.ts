import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REDACTION_KINDS, type RedactionKind } from '../lib/redact/kinds.ts';
import { redact } from '../lib/redact/redact.ts';
import { heldOutSet, tuneSet, type Labelled } from '../tests/fixtures/redact/labelled.ts';

/**
 * Measures the redactor on the labelled sentences and writes the tables of docs/measured/redaction.md,
 * between its marks. Prints totals only: nobody should work on the redactor with the held-out half.
 */

interface Tally {
  values: number;
  gone: number;
  named: number;
  claimed: number;
  right: number;
}

const PAGE = join(import.meta.dirname, '..', 'docs', 'measured', 'redaction.md');
const [FROM, TO] = ['<!-- measured: begin -->', '<!-- measured: end -->'];

/** Wilson's interval, 95 %, in per cent. */
function interval(hits: number, n: number): string {
  if (n === 0) return '–';
  const z = 1.96;
  const share = hits / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half =
    (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const percent = (part: number) => (100 * Math.min(1, Math.max(0, part))).toFixed(1);
  return `${percent(share)} (${percent(middle - half)}–${percent(middle + half)})`;
}

function measure(set: readonly Labelled[]) {
  const tallies = new Map<RedactionKind, Tally>(
    REDACTION_KINDS.map((kind) => [kind, { values: 0, gone: 0, named: 0, claimed: 0, right: 0 }]),
  );
  const count = (kind: RedactionKind, part: keyof Tally) => {
    const tally = tallies.get(kind);
    if (tally !== undefined) tally[part] += 1;
  };
  let touched = 0;
  for (const { text, spans } of set) {
    const { found } = redact(text);
    if (spans.length === 0 && found.length > 0) touched += 1;
    for (const span of spans) {
      const covers = found.find((each) => each.from <= span.from && each.to >= span.to);
      count(span.kind, 'values');
      if (covers !== undefined) count(span.kind, 'gone');
      if (covers?.kind === span.kind) count(span.kind, 'named');
    }
    for (const each of found) {
      count(each.kind, 'claimed');
      if (spans.some((span) => span.from < each.to && each.from < span.to))
        count(each.kind, 'right');
    }
  }
  const empty = set.filter((each) => each.spans.length === 0).length;
  return { tallies, touched, empty, sentences: set.length };
}

function sum(tallies: Iterable<Tally>): Tally {
  const total: Tally = { values: 0, gone: 0, named: 0, claimed: 0, right: 0 };
  for (const tally of tallies)
    for (const part of ['values', 'gone', 'named', 'claimed', 'right'] as const)
      total[part] += tally[part];
  return total;
}

const row = (name: string, tally: Tally) =>
  `| ${name} | ${tally.values} | ${interval(tally.gone, tally.values)} | ${interval(tally.named, tally.values)} | ${tally.claimed} | ${interval(tally.right, tally.claimed)} |`;

function table(measured: ReturnType<typeof measure>): string {
  return [
    '| Kind | values | gone, % | gone under its own kind, % | claimed | claims that held a value, % |',
    '| --- | --- | --- | --- | --- | --- |',
    ...[...measured.tallies].map(([kind, tally]) => row(kind, tally)),
    row('**all**', sum(measured.tallies.values())),
  ].join('\n');
}

const [held, tuned] = [measure(heldOutSet()), measure(tuneSet())];
const [heldSum, tunedSum] = [sum(held.tallies.values()), sum(tuned.tallies.values())];
const untouched = (of: typeof held) => interval(of.empty - of.touched, of.empty);
const text = `
Held out: ${held.sentences} sentences, ${heldSum.values} values, ${held.empty} sentences with nothing to redact. Left
unchanged of those: ${untouched(held)} %. Worked with: ${tuned.sentences} sentences, ${tunedSum.values} values gone
${interval(tunedSum.gone, tunedSum.values)} %, sentences with nothing left unchanged ${untouched(tuned)} %.

${table(held)}
`;
console.log(row('held out', heldSum));
console.log(row('worked with', tunedSum));
console.log(`nothing to redact, unchanged: ${untouched(held)}; ${untouched(tuned)}`);
if (process.argv.includes('--write')) {
  const page = readFileSync(PAGE, 'utf8');
  const [from, to] = [page.indexOf(FROM), page.indexOf(TO)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no marks to write between`);
  writeFileSync(PAGE, page.slice(0, from + FROM.length) + text + page.slice(to));
}
