import type { EndpointKind } from '../domain/endpoint.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { EventRow } from '../store/rows.ts';

/** An entry of History with its item, null when it belongs to none or that is not here. */
export interface HistoryRow {
  row: EventRow;
  item: ReviewItem | null;
}

/**
 * Where an entry is held: on this device, also at the collector, or signed for by someone else. `sent`: to
 * an endpoint that says no more than that it took it.
 */
export type Held = 'here' | 'synced' | 'sent' | 'witnessed';

/**
 * How far an entry is held; `acked` and `witnessed` name the highest such entry of each log. `kind` is that of
 * the endpoint set now.
 */
export function heldAt(
  { logid, seq }: EventRow,
  acked: ReadonlyMap<string, number>,
  witnessed: ReadonlyMap<string, number>,
  kind: EndpointKind,
): Held {
  if ((witnessed.get(logid) ?? -1) >= seq) return 'witnessed';
  if ((acked.get(logid) ?? -1) < seq) return 'here';
  return kind === 'collector' ? 'synced' : 'sent';
}

/** Entries of one day, newest first. */
export interface HistoryDay {
  /** Midnight by the clock of this device, milliseconds since 1970. */
  day: number;
  rows: readonly HistoryRow[];
}

/** One name per entry. */
export function keyOfRow({ row }: HistoryRow): string {
  return `${row.logid} ${row.seq}`;
}

/** True when `a` stands before `b` in History: newer, by the key that pages go by. */
function isNewer(a: EventRow, b: EventRow): boolean {
  if (a.time !== b.time) return a.time > b.time;
  if (a.logid !== b.logid) return a.logid > b.logid;
  return a.seq > b.seq;
}

/**
 * Rows already loaded with the newest page, read again, in front. When nothing of the page is known
 * there may be a gap, so only the page is kept.
 */
export function withNewest(
  loaded: readonly HistoryRow[],
  page: readonly HistoryRow[],
): { rows: readonly HistoryRow[]; gap: boolean } {
  const first = loaded[0];
  if (first === undefined) return { rows: page, gap: true };
  const fresh = page.filter((each) => isNewer(each.row, first.row));
  if (fresh.length === page.length && page.length > 0) return { rows: page, gap: true };
  return { rows: [...fresh, ...loaded], gap: false };
}

/** Anything that has a time, by day, in the order given. */
export function byDays<T>(
  rows: readonly T[],
  timeOf: (row: T) => number,
): { day: number; rows: readonly T[] }[] {
  const days: { day: number; rows: T[] }[] = [];
  for (const each of rows) {
    const day = new Date(timeOf(each)).setHours(0, 0, 0, 0);
    const last = days.at(-1);
    if (last?.day === day) last.rows.push(each);
    else days.push({ day, rows: [each] });
  }
  return days;
}

/** Entries by day, in the order given. */
export function byDay(rows: readonly HistoryRow[]): HistoryDay[] {
  return byDays(rows, ({ row }) => row.time);
}
