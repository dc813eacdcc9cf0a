import { median, medianInterval, quantile } from './stats.ts';

/** One line of the table. `met` is null where there is no target or nothing could be judged. */
export interface Row {
  what: string;
  median: string;
  p95: string;
  n: number;
  /** What it was held against in the same run, with its own numbers; '' for none. */
  peer: string;
  target: string;
  met: boolean | null;
}

/** A part of the bench: its rows, and what a reader must know to read them. */
export interface Part {
  name: string;
  rows: Row[];
  notes: string[];
}

/** A number with as many digits as it can bear. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

/** Times in milliseconds against a limit for one of their quantiles; `limit` null: no target. */
export function timeRow(
  what: string,
  values: readonly number[],
  goal: { share: 0.5 | 0.95; limit: number } | null,
  peer = '',
): Row {
  const p95 = quantile(values, 0.95);
  return {
    what,
    median: `${digits(median(values))} ms`,
    p95: `${digits(p95)} ms`,
    n: values.length,
    peer,
    target: goal === null ? '' : `${goal.share === 0.95 ? 'p95 ' : 'median '}≤ ${goal.limit} ms`,
    met: goal === null || values.length === 0 ? null : quantile(values, goal.share) <= goal.limit,
  };
}

/** A short account of times, for the column of the peer. */
export function times(name: string, values: readonly number[]): string {
  return `${name}: ${digits(median(values))}, p95 ${digits(quantile(values, 0.95))} ms`;
}

/** A median with its 95 % interval. */
export function interval(values: readonly number[], unit = ''): string {
  const { median: middle, low, high } = medianInterval(values);
  return `${digits(middle)}${unit} [${digits(low)}, ${digits(high)}]`;
}

/** A part as a Markdown table, columns as wide as they need to be. */
export function toMarkdown({ name, rows, notes }: Part): string {
  const head = ['What', 'Median', 'p95', 'n', 'Peer in the same run', 'Target', 'Met'];
  const lines = rows.map((row) =>
    [
      row.what,
      row.median,
      row.p95,
      String(row.n),
      row.peer,
      row.target,
      row.met === null ? '' : row.met ? 'yes' : 'no',
    ].map((cell) => cell.replaceAll('|', '\\|')),
  );
  const widths = head.map((title, at) =>
    Math.max(title.length, ...lines.map((line) => line[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [
    `## ${name}`,
    '',
    line(head),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...lines.map(line),
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}
