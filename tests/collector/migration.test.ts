import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { expect, test } from 'vitest';
import { eventsReply, pushReply } from '../../lib/protocol/messages.ts';
import { meReply } from '../../lib/protocol/team.ts';
import { createApp } from '../../server/app.ts';
import { migrate } from '../../server/db/migrations.ts';
import { openDatabase, type Place } from '../../server/db/open.ts';
import type { Database } from '../../server/db/schema.ts';
import { DEFAULT_ORG, setUpOrg } from '../../server/set-up-org.ts';
import { makeLog, newLogid, pushOf } from './pushes.ts';
import { BACKENDS, ownPlace, START_MS } from './team.ts';

const TOKEN = `cs_default_${'a'.repeat(43)}`;

/** Opens a place as its owner, without bringing it to this version. */
function asOwner(place: Place): Kysely<Database> {
  if (place.kind === 'postgres')
    return new Kysely({
      dialect: new PostgresDialect({ pool: new Pool({ connectionString: place.url, max: 1 }) }),
    });
  if (place.kind === 'memory') throw new Error('Memory does not outlive a process');
  return new Kysely({
    dialect: new PGliteDialect({ pglite: new PGlite({ dataDir: join(place.path, 'pg') }) }),
  });
}

test.each(BACKENDS)(
  'a folder of the first version opens on %s: its events, its key and its token stay',
  async (backend) => {
    const own = await ownPlace(backend);
    const folder = mkdtempSync(join(tmpdir(), 'countersign-old-'));
    const place: Place =
      own.place.kind === 'postgres' ? own.place : { kind: 'folder', path: folder };
    const logid = newLogid();
    const log = makeLog(logid, 1205);
    try {
      const old = asOwner(place);
      await migrate(old, '0001-first');
      // As the first version wrote its rows.
      const at = '2026-11-23T00:00:00.000Z';
      await sql`INSERT INTO countersign.orgs VALUES (${DEFAULT_ORG}, ${at})`.execute(old);
      await sql`INSERT INTO countersign.tokens VALUES (${DEFAULT_ORG},
        ${createHash('sha256').update(TOKEN).digest('hex')}, 'admin', ${at})`.execute(old);
      await sql`INSERT INTO countersign.logs VALUES (${DEFAULT_ORG}, ${logid}, ${log.length - 1},
        ${log.at(-1)?.hash}, ${at})`.execute(old);
      for (const { seq, hash, raw } of log)
        await sql`INSERT INTO countersign.events VALUES (${DEFAULT_ORG}, ${logid}, ${seq}, ${hash},
          ${raw}, true, ${at})`.execute(old);
      await old.destroy();

      const opened = await openDatabase(place);
      try {
        const { key, token } = await setUpOrg(opened.db, DEFAULT_ORG, { newToken: false });
        expect(token).toBeNull();
        const app = createApp({ db: opened.db, key, log: () => undefined, now: Date.now });
        const headers = { Authorization: `Bearer ${TOKEN}`, 'Countersign-Protocol': '1' };
        const me = meReply.parse(await (await app.request('/v1/me', { headers })).json());
        expect(me).toMatchObject({ role: 'admin', member: { name: 'Admin' } });
        const page = await app.request(`/v1/logs/${logid}/events?from=1000&limit=500`, { headers });
        expect(eventsReply.parse(await page.json()).events.map((event) => event.raw)).toEqual(
          log.slice(1000).map((event) => event.raw),
        );
        const more = makeLog(logid, 1207).slice(1200);
        const { path, init } = pushOf(TOKEN, logid, more);
        const reply = pushReply.parse(await (await app.request(path, init)).json());
        expect(reply).toMatchObject({ head: { seq: 1206 }, receipt: { eventsCount: 2 } });
      } finally {
        await opened.close();
      }
    } finally {
      await own.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  START_MS,
);
