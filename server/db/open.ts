import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { CompiledQuery, Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import { Pool, TypeOverrides } from 'pg';
import { lockFolder } from './lock-folder.ts';
import { migrate } from './migrations.ts';
import { APP_ROLE, type Database } from './schema.ts';

/** Where the data is: a PostgreSQL server, a folder of our own, or memory for tests. */
export type Place =
  | { kind: 'postgres'; url: string }
  | { kind: 'folder'; path: string }
  | { kind: 'memory' };

/** An open database and how to close it. */
export interface OpenDatabase {
  db: Kysely<Database>;
  close(): Promise<void>;
}

/** PostgreSQL's `bigint`; entry numbers stay below 2^53, so a number holds them. */
const INT8 = 20;
const TAKE_ROLE = `SET ROLE ${APP_ROLE}`;

/** Opens the database, brings it to this version, and takes on the role that can't change the trail. */
export async function openDatabase(place: Place): Promise<OpenDatabase> {
  return place.kind === 'postgres' ? openPostgres(place.url) : openPGlite(place);
}

async function openPostgres(url: string): Promise<OpenDatabase> {
  const types = new TypeOverrides();
  types.setTypeParser(INT8, Number);
  const pool = (max: number) => {
    const made = new Pool({ connectionString: url, max, types });
    // An idle connection that breaks is replaced at the next query; unheard, the event would end us.
    made.on('error', () => undefined);
    return made;
  };
  const owner = new Kysely<Database>({ dialect: new PostgresDialect({ pool: pool(1) }) });
  try {
    await migrate(owner);
  } finally {
    await owner.destroy();
  }
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({
      pool: pool(10),
      onCreateConnection: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw(TAKE_ROLE));
      },
    }),
  });
  return { db, close: () => db.destroy() };
}

async function openPGlite(place: { kind: 'folder'; path: string } | { kind: 'memory' }) {
  const unlock = place.kind === 'folder' ? lockFolder(place.path) : () => undefined;
  try {
    const options = { parsers: { [INT8]: Number } };
    if (place.kind === 'folder') mkdirSync(join(place.path, 'pg'), { recursive: true });
    const pglite =
      place.kind === 'memory'
        ? new PGlite(options)
        : new PGlite({ ...options, dataDir: join(place.path, 'pg') });
    const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) });
    await migrate(db);
    await db.executeQuery(CompiledQuery.raw(TAKE_ROLE));
    return {
      db,
      close: async () => {
        await db.destroy();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
