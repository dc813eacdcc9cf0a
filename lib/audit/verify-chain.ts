import type { Head } from './leaf.ts';
import type { TrailBreak } from './verdict.ts';

/** What one row says once read; small, so that many can be held back. */
export interface Fact {
  /** The number that the row carries. */
  seq: number;
  /** Leaf hash of its raw string, computed. */
  hash: string;
  /** The leaf hash stored beside it. */
  stored: string;
  /** What the raw string says of itself; null when it can't be read. */
  body: { logid: string; seq: number; prevHash: string } | null;
}

/**
 * Walks one log in rising order and finds what does not fit. Each entry is vouched for by the entry
 * after it (`prevhash`), and by anchors: heads that were kept elsewhere and are trusted.
 */
export class ChainWalk {
  readonly breaks: TrailBreak[] = [];
  readonly #logid: string;
  readonly #anchors: ReadonlyMap<number, string>;
  #expected: number;
  /** The entry before, not yet judged; null at the start and after a gap or a broken entry. */
  #before: Fact | null = null;
  /** What the first entry must name as its predecessor. */
  #link: string | null;
  /** Fits its own fingerprint but not what the entry after it names: judged with that entry. */
  #suspect: Fact | null = null;
  /** The entry whose link is wrong although its predecessor is vouched for by an anchor. */
  #badLink = -1;
  readonly #matched = new Set<number>();
  #lastGoodAnchor: number;
  #misplaced = new Map<number, Fact>();
  #last: Head | null = null;

  constructor(logid: string, first: number, link: string, anchors: ReadonlyMap<number, string>) {
    this.#logid = logid;
    this.#anchors = anchors;
    this.#expected = first;
    this.#link = link;
    this.#lastGoodAnchor = first - 1;
  }

  /** Whether the entry of this number is there and is what an anchor says. */
  matched(seq: number): boolean {
    return this.#matched.has(seq);
  }

  /** The last entry taken; null for none. */
  get last(): Head | null {
    return this.#last;
  }

  /** Takes the next entry; its number is above all before. */
  next(fact: Fact): void {
    if (fact.seq > this.#expected) {
      this.#judge(null);
      this.#settleSuspect(false);
      this.#add('removed', 'gap', this.#expected, fact.seq - 1);
      this.#before = null;
      this.#link = null;
    }
    this.#expected = fact.seq + 1;
    this.#last = { logid: this.#logid, seq: fact.seq, hash: fact.hash };
    const sound = this.#isSound(fact);
    if (this.#link !== null) {
      // The beginning of the walk is trusted: a wrong link is this entry's own.
      if (sound && fact.body !== null && fact.body.prevHash !== this.#link) {
        this.#badLink = fact.seq;
      }
      this.#link = null;
    }
    this.#judge(sound ? (fact.body?.prevHash ?? null) : null);
    this.#before = sound ? fact : null;
    if (!sound) this.#settleSuspect(false);
  }

  /** Ends the walk after the last entry. */
  end(): void {
    this.#judge(null);
    this.#settleSuspect(false);
    for (const fact of this.#misplaced.values()) this.#settleMisplaced(fact);
  }

  #isSound(fact: Fact): boolean {
    if (fact.body === null) {
      this.#add('changed', 'unreadable', fact.seq);
      return false;
    }
    if (fact.body.logid !== this.#logid) {
      if (fact.hash === fact.stored) this.#add('added', 'other-log', fact.seq);
      else this.#add('changed', 'text', fact.seq);
      return false;
    }
    if (fact.body.seq !== fact.seq) {
      this.#misplaced.set(fact.seq, fact);
      return false;
    }
    return true;
  }

  /** Judges the entry before, now that the hash which its successor names is known (null: none). */
  #judge(named: string | null): void {
    const fact = this.#before;
    if (fact === null) return;
    this.#before = null;
    const { seq, hash, stored } = fact;
    const anchor = this.#anchors.get(seq);
    const vouched = anchor ?? named;
    let intact = false;
    let suspect = false;
    if (hash !== stored) {
      // The raw string that its successor or an anchor vouches for is the true one.
      this.#add('changed', vouched === hash ? 'fingerprint' : 'text', seq);
    } else if (this.#badLink === seq) {
      this.#add('rehashed', 'replaced', seq);
    } else if (anchor !== undefined && anchor !== hash) {
      this.#add('rehashed', 'rewritten', this.#lastGoodAnchor + 1, seq);
    } else if (vouched === null) {
      intact = false;
    } else if (vouched === hash) {
      intact = true;
    } else {
      suspect = true;
    }
    if (anchor === hash) {
      this.#lastGoodAnchor = seq;
      this.#matched.add(seq);
      if (named !== null && named !== hash) this.#badLink = seq + 1;
    }
    this.#settleSuspect(intact);
    if (suspect) this.#suspect = fact;
  }

  /** Judges the suspect, now that it is known whether the entry after it is intact. */
  #settleSuspect(successorIntact: boolean): void {
    const fact = this.#suspect;
    if (fact === null) return;
    this.#suspect = null;
    if (successorIntact) this.#add('rehashed', 'replaced', fact.seq);
    else this.#add('rehashed', 'one-of', fact.seq, fact.seq + 1);
  }

  /** A row that holds an entry of another number: two that were exchanged, or one changed. */
  #settleMisplaced(fact: Fact): void {
    const other = fact.body?.seq ?? fact.seq;
    const exchanged = this.#misplaced.get(other)?.body?.seq === fact.seq;
    if (!exchanged && fact.hash !== fact.stored) this.#add('changed', 'text', fact.seq);
    else {
      this.breaks.push({
        kind: 'swapped',
        meaning: 'holds-other',
        seq: fact.seq,
        to: fact.seq,
        other,
      });
    }
  }

  #add(kind: TrailBreak['kind'], meaning: TrailBreak['meaning'], seq: number, to = seq): void {
    this.breaks.push({ kind, meaning, seq, to });
  }
}

/** Heads by number; of two that disagree about an entry the first wins, the other is returned. */
export function anchorsOf(heads: readonly Head[]): {
  anchors: Map<number, string>;
  conflicts: Head[];
} {
  const anchors = new Map<number, string>();
  const conflicts: Head[] = [];
  for (const head of heads) {
    const known = anchors.get(head.seq);
    if (known === undefined) anchors.set(head.seq, head.hash);
    else if (known !== head.hash) conflicts.push(head);
  }
  return { anchors, conflicts };
}
