import type { Head } from './leaf.ts';

/** One stored entry as it was found, in the order in which it was found. */
export interface TrailRow {
  /** The number that the row or line carries. */
  seq: number;
  raw: string;
  /** The leaf hash that is stored beside `raw`, lower-case hex. */
  hash: string;
  /** Values kept beside `raw` for searching; each must be what `raw` says. */
  columns?: {
    id: string;
    type: string;
    itemId: string;
    actor: string;
    siteId: string;
    time: number;
  };
}

/** What was done to the trail. */
type BreakKind = 'changed' | 'removed' | 'added' | 'swapped' | 'rehashed' | 'cut';

/**
 * How it shows; every meaning has its own sentence in the catalog.
 * `text` the entry differs from its fingerprint · `fingerprint` the stored fingerprint was changed, the
 * entry is intact · `unreadable` not an event in canonical form · `columns` a value kept for searching
 * differs from the entry · `content` a stored text differs from what the entry committed to · `gap`
 * entries are missing · `second-entry` a number stands twice · `other-log` it belongs to another log ·
 * `after-head` it stands after the saved last entry · `order` it stands out of order · `holds-other` under this number stands entry `other` ·
 * `replaced` another entry with a fresh fingerprint · `one-of` the entry or the one after it was
 * replaced · `rewritten` one or more of these were replaced: the last is not the saved or acknowledged
 * one · `tail` entries after the last one are missing.
 */
type BreakMeaning =
  | 'text'
  | 'fingerprint'
  | 'unreadable'
  | 'columns'
  | 'content'
  | 'gap'
  | 'second-entry'
  | 'other-log'
  | 'after-head'
  | 'order'
  | 'holds-other'
  | 'replaced'
  | 'one-of'
  | 'rewritten'
  | 'tail';

/** One break: entries `seq` to `to`, both included. */
export interface TrailBreak {
  kind: BreakKind;
  meaning: BreakMeaning;
  seq: number;
  to: number;
  /** For `holds-other`: which entry stands at `seq`. */
  other?: number;
}

/**
 * What could not be checked. `no-head`: nothing says where the log ends, so a cut tail would not show;
 * `no-entries`: there is nothing to check; `log-lost`: a log before this one is linked but not here.
 */
export type Unevaluated = 'no-head' | 'no-entries' | 'log-lost';

/** What a check may say: never one tick for a part. */
export interface TrailVerdict {
  state: 'verified' | 'not-evaluated' | 'broken';
  logid: string;
  /** First entry that was checked; above 0 when the check went on from an earlier one. */
  from: number;
  /** Entries read. */
  count: number;
  /** Entries that the endpoint acknowledged, and that someone else signed for, as far as they match. */
  synced: number;
  witnessed: number;
  /** The last entry, from which a later check can go on; null when there is none. */
  last: Head | null;
  breaks: TrailBreak[];
  unevaluated: Unevaluated[];
  /** The end of the log before, as the first entry links it; null when none or not read. */
  previous: Head | null;
}

/** Sorted by place; runs of the same break become one range. */
export function mergeBreaks(breaks: readonly TrailBreak[]): TrailBreak[] {
  const group = ({ kind, meaning, seq, other }: TrailBreak) =>
    `${kind} ${meaning} ${other === undefined ? '' : other - seq}`;
  const merged = new Map<string, TrailBreak[]>();
  for (const next of [...breaks].sort((a, b) => a.seq - b.seq)) {
    const runs = merged.get(group(next)) ?? [];
    merged.set(group(next), runs);
    const last = runs.at(-1);
    if (last !== undefined && next.seq <= last.to + 1) last.to = Math.max(last.to, next.to);
    else runs.push({ ...next });
  }
  return [...merged.values()].flat().sort((a, b) => a.seq - b.seq);
}
