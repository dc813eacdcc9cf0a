import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fingerprint } from '../../lib/provenance/fingerprint.ts';
import { wordsOf } from '../../lib/provenance/words.ts';
import { seeded, shuffled } from './random.ts';

/** A labelled AI reply; replies of one group are written from the same source. */
export interface Reply {
  readonly id: string;
  readonly group: string;
  readonly source: string;
  readonly response: string;
}

/** The replies in three parts that share no group, hence no source. */
export interface Parts {
  /** For choosing thresholds. */
  readonly tune: Reply[];
  /** The pool that is reported on. */
  readonly pool: Reply[];
  /** Replies on other sources: negatives, and the person's own text. */
  readonly others: Reply[];
}

const DATA = new URL('../../../shared/data/grounding-train.jsonl.gz', import.meta.url);
const POOL_SIZE = 1_500;

/** Whether the replies are on this machine; they are never part of the project. */
export const haveReplies = existsSync(DATA);

function isReply(row: unknown): row is Reply {
  if (typeof row !== 'object' || row === null) return false;
  const fields = ['id', 'group', 'source', 'response'];
  const entries = new Map<string, unknown>(Object.entries(row));
  return fields.every((name) => typeof entries.get(name) === 'string');
}

/**
 * Groups joined where a source of one shares at least half of the shorter one's word pairs with a
 * source of the other: some groups hold two cuts of the same text. Gives group → joined group.
 */
function joinedGroups(replies: readonly Reply[]): (group: string) => string {
  const parent = new Map<string, string>();
  const root = (group: string): string => {
    const above = parent.get(group);
    return above === undefined ? group : root(above);
  };
  const sources = new Map(replies.map(({ source, group }) => [source, group]));
  const seen: { group: string; size: number }[] = [];
  const carriers = new Map<number, number[]>();
  for (const [source, group] of sources) {
    const grams = fingerprint(source);
    const shared = new Map<number, number>();
    for (const gram of grams) {
      const others = carriers.get(gram) ?? [];
      for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
      carriers.set(gram, [...others, seen.length]);
    }
    for (const [at, count] of shared) {
      const other = seen[at];
      if (other === undefined || count < 0.5 * Math.min(grams.length, other.size)) continue;
      const [a, b] = [root(group), root(other.group)];
      if (a !== b) parent.set(a, b);
    }
    seen.push({ group, size: grams.length });
  }
  return root;
}

/** Distinct replies of at least `minWords` words, cut into parts by group with a seed. */
export function readParts(seed: number, minWords = 25): Parts {
  const replies = new Map<string, Reply>();
  for (const line of gunzipSync(readFileSync(DATA)).toString('utf8').trim().split('\n')) {
    const row: unknown = JSON.parse(line);
    if (!isReply(row)) throw new TypeError('A row without id, group, source or response');
    if (wordsOf(row.response).length >= minWords) replies.set(row.response, row);
  }
  const groupOf = joinedGroups([...replies.values()]);
  const joined = [...replies.values()].map((reply) => ({ ...reply, group: groupOf(reply.group) }));
  const byGroup = Map.groupBy(joined, ({ group }) => group);
  const parts: Parts = { tune: [], pool: [], others: [] };
  for (const replies of shuffled([...byGroup.values()], seeded(seed))) {
    if (parts.pool.length < POOL_SIZE) parts.pool.push(...replies);
    else if (parts.tune.length <= parts.others.length) parts.tune.push(...replies);
    else parts.others.push(...replies);
  }
  return parts;
}
