import { describe, expect, test } from 'vitest';
import type { EventRow } from '../store/rows.ts';
import { byDay, heldAt, withNewest, type HistoryRow } from './history-rows.ts';

const entry = (seq: number, time = seq * 1_000): HistoryRow => {
  const row: EventRow = {
    logid: 'log',
    seq,
    raw: '',
    hash: '',
    id: String(seq),
    type: 'decision.approved',
    itemId: '',
    actor: '',
    siteId: '',
    time,
  };
  return { row, item: null };
};
const seqs = (rows: readonly HistoryRow[]) => rows.map((each) => each.row.seq);

describe('history rows', () => {
  test('an entry is held here, at the endpoint, or signed for', () => {
    const acked = new Map([['log', 4]]);
    const witnessed = new Map([['log', 2]]);
    const held = [2, 3, 4, 5].map((seq) => heldAt(entry(seq).row, acked, witnessed, 'collector'));
    expect(held).toEqual(['witnessed', 'synced', 'synced', 'here']);
    expect(heldAt({ ...entry(1).row, logid: 'other' }, acked, witnessed, 'collector')).toBe('here');
  });

  test('an endpoint without receipts makes an entry sent, no more', () => {
    const acked = new Map([['log', 4]]);
    const held = [4, 5].map((seq) => heldAt(entry(seq).row, acked, new Map(), 'webhook'));
    expect(held).toEqual(['sent', 'here']);
  });

  test('new entries go in front of what is loaded, each once', () => {
    const loaded = [entry(5), entry(4), entry(3), entry(2)];
    const { rows, gap } = withNewest(loaded, [entry(7), entry(6), entry(5), entry(4)]);
    expect(seqs(rows)).toEqual([7, 6, 5, 4, 3, 2]);
    expect(gap).toBe(false);
  });

  test('a page with nothing known leaves a gap, so only the page is kept', () => {
    const { rows, gap } = withNewest([entry(2), entry(1)], [entry(9), entry(8)]);
    expect(seqs(rows)).toEqual([9, 8]);
    expect(gap).toBe(true);
  });

  test('nothing new leaves the list as it is', () => {
    const loaded = [entry(3), entry(2), entry(1)];
    expect(seqs(withNewest(loaded, [entry(3), entry(2)]).rows)).toEqual([3, 2, 1]);
    expect(withNewest([], [entry(1)])).toEqual({ rows: [entry(1)], gap: true });
  });

  test('days follow the clock of the device', () => {
    const noon = new Date(2026, 10, 20, 12).getTime();
    const days = byDay([entry(3, noon + 24 * 3_600_000), entry(2, noon + 60_000), entry(1, noon)]);
    expect(days.map((day) => seqs(day.rows))).toEqual([[3], [2, 1]]);
  });
});
