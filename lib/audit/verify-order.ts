/** Entries held back until the ones before them came, at most; beyond it they count as missing. */
const ORDER_WINDOW = 100_000;

/**
 * Which elements stand out of order: those that are not at their rank, when that is an exchange or
 * hardly more than the least that must move; else the least. Elements are distinct.
 */
function movedElements(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const displaced = values.filter((value, index) => value !== sorted[index]);
  const least = leastMoved(values);
  return displaced.length <= least.length + 1 ? displaced : least;
}

/**
 * The fewest elements to take out so that the rest rises: those outside a longest increasing
 * subsequence (patience sorting, O(n log n)).
 */
function leastMoved(values: readonly number[]): number[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  }
  const kept = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) kept.add(index);
  return values.filter((_, index) => !kept.has(index));
}

interface Numbered {
  seq: number;
}

/** What the order says of entries. */
export interface OrderReport<T> {
  /** The next entry in rising order; numbers may be left out. */
  next(entry: T): void;
  /** Stood out of order. */
  moved(seq: number): void;
  /** A second entry with a number that was there. */
  second(entry: T): void;
}

/** Puts entries that come in any order into rising order and reports the ones that moved. */
export class OrderWindow<T extends Numbered> {
  readonly #report: OrderReport<T>;
  #expected: number;
  #held = new Map<number, T>();
  #arrivals: number[] = [];
  /** Numbers below `#expected` that never came: half-open ranges. */
  #missing: { from: number; below: number }[] = [];

  constructor(first: number, report: OrderReport<T>) {
    this.#expected = first;
    this.#report = report;
  }

  /** Takes the next entry as found. */
  push(entry: T): void {
    const { seq } = entry;
    if (seq < this.#expected) {
      if (this.#wasMissing(seq)) this.#report.moved(seq);
      else this.#report.second(entry);
      return;
    }
    if (this.#held.has(seq)) {
      this.#report.second(entry);
      return;
    }
    if (this.#held.size === 0 && seq === this.#expected) {
      this.#pass(entry);
      return;
    }
    this.#held.set(seq, entry);
    this.#arrivals.push(seq);
    if (seq === this.#expected) this.#drain();
    if (this.#held.size > ORDER_WINDOW) this.flush();
  }

  /** Passes on what is held; numbers that have not come by now are missing. */
  flush(): void {
    for (const seq of [...this.#held.keys()].sort((a, b) => a - b)) {
      const entry = this.#held.get(seq);
      if (entry !== undefined) this.#pass(entry);
    }
    this.#held.clear();
    this.#settle();
  }

  #drain(): void {
    let entry = this.#held.get(this.#expected);
    while (entry !== undefined) {
      this.#held.delete(entry.seq);
      this.#pass(entry);
      entry = this.#held.get(this.#expected);
    }
    if (this.#held.size === 0) this.#settle();
  }

  #pass(entry: T): void {
    if (entry.seq > this.#expected) {
      this.#missing.push({ from: this.#expected, below: entry.seq });
    }
    this.#expected = entry.seq + 1;
    this.#report.next(entry);
  }

  #settle(): void {
    for (const seq of movedElements(this.#arrivals)) this.#report.moved(seq);
    this.#arrivals = [];
  }

  #wasMissing(seq: number): boolean {
    return this.#missing.some((range) => seq >= range.from && seq < range.below);
  }
}
