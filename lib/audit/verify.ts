import * as z from 'zod/mini';
import { commitmentsIn } from './commitment.ts';
import type { ContentCheck } from './content-check.ts';
import { readEvent, type TrailEvent } from './event-read.ts';
import { leafHash, ZERO_HASH, type Head } from './leaf.ts';
import {
  mergeBreaks,
  type TrailBreak,
  type TrailRow,
  type TrailVerdict,
  type Unevaluated,
} from './verdict.ts';
import { anchorsOf, ChainWalk, type Fact } from './verify-chain.ts';
import { OrderWindow } from './verify-order.ts';

/** Heads that were kept elsewhere than in the entries. */
export interface KnownHeads {
  /** The end of the log: nothing may be missing before it, nothing may stand after it. */
  saved?: Head | undefined;
  /** A head kept outside the database; it may be older than `saved`. */
  mirror?: Head | undefined;
  /** The last entry that the endpoint acknowledged. */
  synced?: Head | undefined;
  /** The last entry that someone else signed for. */
  witnessed?: Head | undefined;
  /** What the first entry of the next log names as the end of this one. */
  linked?: Head | undefined;
}

export interface VerifyOptions {
  logid: string;
  heads: KnownHeads;
  /** The last entry of an earlier check: the rows begin after it. */
  since?: Head | undefined;
  /** Holds all stored texts; the entries are held against it. */
  contents?: ContentCheck | undefined;
  /** Told how many entries were read, after each `PROGRESS_STEP`. */
  onProgress?: (done: number) => void;
  /** Ends the check; it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** Entries between two reports of progress. */
const PROGRESS_STEP = 500;

const link = z.object({ logid: z.string(), seq: z.number(), hash: z.string() });

/** The end of the log before, as the first entry of a log names it. */
function linkOf(first: TrailEvent): Head | null {
  const parsed = link.safeParse(first.data['previous']);
  return parsed.success ? parsed.data : null;
}

function columnsFit(row: TrailRow, event: TrailEvent): boolean {
  const { columns } = row;
  if (columns === undefined) return true;
  return (
    columns.id === event.id &&
    columns.type === event.type &&
    columns.itemId === event.itemId &&
    columns.actor === event.actor &&
    columns.siteId === event.siteId &&
    columns.time === event.time
  );
}

/**
 * Checks one log: every entry that was changed, removed, added, swapped or given a fresh fingerprint
 * is named, and so is a tail cut off before a known head. Content that is present is held against the
 * commitments. What the check can't know it says. Rows may come in any order.
 *
 * What it can't see: entries after the last head that someone else holds can be rewritten as a whole
 * by whoever owns the device.
 */
export async function verifyTrail(
  rows: Iterable<TrailRow> | AsyncIterable<TrailRow>,
  options: VerifyOptions,
): Promise<TrailVerdict> {
  const { logid, heads, since, signal } = options;
  const first = since === undefined ? 0 : since.seq + 1;
  const list = [heads.saved, heads.mirror, heads.linked, heads.synced, heads.witnessed]
    .filter((head) => head !== undefined)
    .filter((head) => head.logid === logid && head.seq >= first);
  const { anchors, conflicts } = anchorsOf(list);
  const walk = new ChainWalk(logid, first, since?.hash ?? ZERO_HASH, anchors);
  const breaks: TrailBreak[] = walk.breaks;
  for (const head of conflicts) {
    breaks.push({ kind: 'rehashed', meaning: 'rewritten', seq: first, to: head.seq });
  }

  const order = new OrderWindow<Fact>(first, {
    next: (fact) => walk.next(fact),
    moved: (seq) => breaks.push({ kind: 'swapped', meaning: 'order', seq, to: seq }),
    second: (fact) =>
      breaks.push({ kind: 'added', meaning: 'second-entry', seq: fact.seq, to: fact.seq }),
  });

  let previous: Head | null = null;
  let count = 0;
  const end = heads.saved?.logid === logid ? heads.saved.seq : null;
  for await (const row of rows) {
    const read = readEvent(row.raw);
    const event = read.ok ? read.event : null;
    const fact: Fact = {
      seq: row.seq,
      hash: leafHash(row.raw),
      stored: row.hash,
      body: event && { logid: event.logid, seq: event.seq, prevHash: event.prevHash },
    };
    count += 1;
    if (end !== null && row.seq > end) {
      const other = event?.seq ?? row.seq;
      const place = { seq: row.seq, to: row.seq };
      breaks.push(
        other === row.seq
          ? { kind: 'added', meaning: 'after-head', ...place }
          : { kind: 'swapped', meaning: 'holds-other', ...place, other },
      );
    } else {
      order.push(fact);
    }
    if (event !== null) {
      if (!columnsFit(row, event)) {
        breaks.push({ kind: 'changed', meaning: 'columns', seq: row.seq, to: row.seq });
      }
      for (const commitment of options.contents === undefined ? [] : commitmentsIn(event.data)) {
        if (options.contents?.name(commitment) === false) {
          breaks.push({ kind: 'changed', meaning: 'content', seq: row.seq, to: row.seq });
        }
      }
      if (event.seq === 0 && event.type === 'log.started') previous = linkOf(event);
    }
    if (count % PROGRESS_STEP === 0) {
      options.onProgress?.(count);
      signal?.throwIfAborted();
    }
  }
  order.flush();
  walk.end();
  options.onProgress?.(count);

  const reached = walk.last?.seq ?? first - 1;
  const farthest = Math.max(-1, ...list.map((head) => head.seq));
  if (farthest > reached) {
    breaks.push({ kind: 'cut', meaning: 'tail', seq: reached + 1, to: farthest });
  }
  const unevaluated: Unevaluated[] = [];
  if (end === null) unevaluated.push('no-head');
  if (count === 0 && since === undefined && breaks.length === 0) unevaluated.push('no-entries');
  const covered = (head: Head | undefined) =>
    head?.logid === logid && (head.seq < first || walk.matched(head.seq)) ? head.seq + 1 : 0;
  return {
    state: breaks.length > 0 ? 'broken' : unevaluated.length > 0 ? 'not-evaluated' : 'verified',
    logid,
    from: first,
    count,
    synced: covered(heads.synced),
    witnessed: covered(heads.witnessed),
    last: walk.last ?? since ?? null,
    breaks: mergeBreaks(breaks),
    unevaluated,
    previous,
  };
}
