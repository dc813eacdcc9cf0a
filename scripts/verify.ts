import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Head } from '../lib/audit/leaf.ts';
import { verifyExport, type ExportVerdict } from '../lib/audit/verify-export.ts';
import type { TrailBreak } from '../lib/audit/verdict.ts';
import trail from '../locales/en/trail.json' with { type: 'json' };

const EXIT = { verified: 0, broken: 1, 'not-evaluated': 2 } as const;
/** Line numbers that are printed of lines which can't be read. */
const LINES_SHOWN = 20;

const plural = new Intl.PluralRules('en');

/** The catalog's text at a dotted key, its plural form chosen by `count`. Throws for no such text. */
function say(key: string, values: Record<string, string | number | undefined> = {}): string {
  const { count } = values;
  const forms = typeof count === 'number' ? [`${key}_${plural.select(count)}`, key] : [key];
  for (const form of forms) {
    const text = form
      .split('.')
      .reduce<unknown>((node, part) => new Map(Object.entries(Object(node))).get(part), trail);
    if (typeof text === 'string') {
      return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
    }
  }
  throw new Error(`The catalog has no text ${key}`);
}

function headOf(text: string): Head | null {
  const match = /^([0-9a-f-]{36}):(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  const [, logid, seq, hash] = match ?? [];
  if (logid === undefined || seq === undefined || hash === undefined) return null;
  return { logid, seq: Number(seq), hash };
}

/** The lines of a file. Only LF ends one: `node:readline` also ends them at U+2028, which texts hold. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const parts = `${rest}${String(chunk)}`.split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}

function breakLine({ kind, meaning, seq, to, other }: TrailBreak): string {
  const where = say(seq === to ? 'entry' : 'entries', { seq, to });
  return `${where}: ${say(`kind.${kind}`)}, ${say(`meaning.${meaning}`, { other })}`;
}

/** The verdict in words: first line, then each break and each thing that was not evaluated. */
function report(verdict: ExportVerdict): string[] {
  const { state, logs, count, total, synced, witnessed, contents, header, unreadable } = verdict;
  const breaks = logs.reduce((sum, log) => sum + log.breaks.length, 0);
  const found = breaks + Number(contents.unnamed > 0);
  const lines = [
    state === 'verified'
      ? say('verified', { count, total, witnessed })
      : state === 'broken'
        ? say('broken', { count: found })
        : say('notEvaluated'),
  ];
  const detail = (text: string) => lines.push(`  ${text}`);
  for (const log of logs) {
    if (log.breaks.length === 0 && log.unevaluated.length === 0) continue;
    lines.push(say('log', { logid: log.logid }));
    for (const found of log.breaks) detail(breakLine(found));
    for (const what of log.unevaluated) detail(say(`unevaluated.${what}`));
  }
  if (contents.unnamed > 0) detail(say('unnamed', { count: contents.unnamed }));
  if (logs.length === 0) detail(say('unevaluated.no-logs'));
  if (header === null) detail(say('unevaluated.no-header'));
  if (unreadable.length > 0) {
    const more = unreadable.length > LINES_SHOWN ? ' …' : '';
    const shown = `${unreadable.slice(0, LINES_SHOWN).join(', ')}${more}`;
    detail(say('unevaluated.unreadable-lines', { count: unreadable.length, lines: shown }));
  }
  lines.push(say('texts', { count: contents.matching, missing: contents.missing }));
  lines.push(say('synced', { count: synced }));
  if (witnessed > 0) lines.push(say('receipts'));
  if (total > witnessed) lines.push(say('tail', { count: total - witnessed, total }));
  if (header !== null) {
    lines.push(say('madeBy', { exportedAt: header.exportedAt, version: header.extensionVersion }));
  }
  return lines;
}

function readArguments(): { help: boolean; files: string[]; heads: string[] } | null {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean' }, head: { type: 'string', multiple: true } },
    });
    return { help: values.help === true, files: positionals, heads: values.head ?? [] };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

async function main(): Promise<number> {
  const given = readArguments();
  if (given?.help === true) {
    console.log(say('cli.help'));
    return EXIT.verified;
  }
  const [file] = given?.files ?? [];
  if (given === null || file === undefined || given.files.length !== 1) {
    console.error(say('cli.usage'));
    return EXIT['not-evaluated'];
  }
  const known = given.heads.map(headOf).filter((head) => head !== null);
  if (known.length < given.heads.length) {
    console.error(say('cli.badHead'));
    return EXIT['not-evaluated'];
  }
  try {
    const lines = () => linesOf(file);
    const verdict = await verifyExport(lines, { known });
    for (const line of report(verdict)) console.log(line);
    return EXIT[verdict.state];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.error(say('cli.noFile', { file, why }));
    return EXIT['not-evaluated'];
  }
}

process.exitCode = await main();
