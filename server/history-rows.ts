import type { TrailEvent } from '../lib/audit/event-read.ts';
import { historyOutcome, MAX_SEARCHED } from '../lib/protocol/history.ts';
import type { HistoryRow } from './db/schema.ts';

/** What PostgreSQL can hold as text and an index can hold as a key; '' for the rest. */
const searchable = (text: string) =>
  Buffer.byteLength(text) <= MAX_SEARCHED && !text.includes('\0') ? text : '';

/** What the team's history lists of some events. Never throws: an odd event must not stop a push. */
export function historyRows(
  place: { org: string; logid: string; member: string },
  events: readonly TrailEvent[],
): HistoryRow[] {
  const { org, logid, member } = place;
  return events.flatMap(({ seq, time, type, siteId, itemId }) => {
    const outcome = historyOutcome.safeParse(type);
    if (!outcome.success) return [];
    const site = searchable(siteId);
    const item = searchable(itemId);
    return [{ org, logid, seq, time, member, outcome: outcome.data, site, item }];
  });
}
