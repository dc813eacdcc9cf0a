import { sql, type Kysely } from 'kysely';
import { historyQuery, historyReply } from '../../lib/protocol/history.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { memberRoute } from '../api/route.ts';
import { SCHEMA, type Database } from '../db/schema.ts';

/**
 * The names that an item goes by: a lead's device knows a colleague's by the id of its case, its author's by
 * its own.
 */
async function sameItem(db: Kysely<Database>, org: string, item: string): Promise<string[]> {
  const cases = db.withSchema(SCHEMA).selectFrom('cases').where('org', '=', org);
  const own = await cases.select('item_id').where('id', '=', item).execute();
  const items = [item, ...own.map(({ item_id }) => item_id)];
  const all = await cases.select('id').where('item_id', 'in', items).execute();
  return [...items, ...all.map(({ id }) => id)];
}

/** The team's history: every page costs the same, however far back it is. */
export const historyRoute = memberRoute({
  id: 'history.search',
  method: 'GET',
  path: PATHS.history,
  summary: 'What the team decided and sent, newest first, by person, outcome, site, item and time',
  least: 'lead',
  query: historyQuery,
  reply: historyReply,
  async handle({ service, caller: { org }, query }) {
    let rows = service.db
      .withSchema(SCHEMA)
      .selectFrom('history')
      .innerJoin('events', (join) =>
        join
          .onRef('events.org', '=', 'history.org')
          .onRef('events.logid', '=', 'history.logid')
          .onRef('events.seq', '=', 'history.seq'),
      )
      .select([
        'history.time',
        'history.logid',
        'history.seq',
        'events.hash',
        'events.raw',
        'history.member',
        'events.received_at as receivedAt',
      ])
      .where('history.org', '=', org);
    if (query.item !== undefined)
      rows = rows.where('history.item', 'in', await sameItem(service.db, org, query.item));
    for (const name of ['member', 'outcome', 'site'] as const) {
      const wanted = query[name];
      if (wanted !== undefined) rows = rows.where(`history.${name}`, '=', wanted);
    }
    if (query.since !== undefined) rows = rows.where('history.time', '>=', query.since);
    if (query.until !== undefined) rows = rows.where('history.time', '<', query.until);
    if (query.cursor !== undefined) {
      const [time, logid, seq] = query.cursor.split('.');
      rows = rows.where(
        sql<boolean>`(history.time, history.logid, history.seq) <
          (${Number(time)}::bigint, ${logid}::text, ${Number(seq)}::bigint)`,
      );
    }
    const found = await rows
      .orderBy('history.time', 'desc')
      .orderBy('history.logid', 'desc')
      .orderBy('history.seq', 'desc')
      .limit(query.limit + 1)
      .execute();
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    return {
      entries: page.map(({ time: _time, ...entry }) => entry),
      next:
        last === undefined || found.length <= query.limit
          ? null
          : `${last.time}.${last.logid}.${last.seq}`,
    };
  },
});
