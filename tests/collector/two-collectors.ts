import { sql } from 'kysely';
import { afterAll, beforeAll, expect } from 'vitest';
import { createApp } from '../../server/app.ts';
import { openDatabase, type OpenDatabase } from '../../server/db/open.ts';
import { APP_ROLE } from '../../server/db/schema.ts';
import { DEFAULT_ORG, setUpOrg } from '../../server/set-up-org.ts';
import type { Device } from './device.ts';

/** Starting a database is slow on a busy machine. */
const START_MS = 120_000;
/** What the devices take for the first collector's address; nothing listens there. */
export const ENDPOINT = 'http://127.0.0.1:9';

export type Fetch = typeof fetch;
export const isPush = (init: RequestInit | undefined) => init?.method === 'POST';
/** What a push says. */
export const pushed = (init: RequestInit | undefined): { from: number; events: string[] } =>
  JSON.parse(new TextDecoder().decode(init?.body instanceof Uint8Array ? init.body : undefined));

/** A collector without a socket in between; what happens on sockets is `hostile.test.ts`. */
interface Collector {
  fetch: Fetch;
  token: string;
  /** The events of a log as they are stored, oldest first. */
  storedRaws(logid: string): Promise<string[]>;
}

/** Two organisations in one database, for the tests of a file: other key, other logs, as two collectors. */
export class TwoCollectors {
  #opened: OpenDatabase | null = null;
  #first: Collector | null = null;
  #second: Collector | null = null;

  constructor() {
    beforeAll(async () => {
      this.#opened = await openDatabase({ kind: 'memory' });
      this.#first = await this.#collector(DEFAULT_ORG);
      this.#second = await this.#collector('second');
    }, START_MS);
    afterAll(() => this.#opened?.close());
  }

  get first(): Collector {
    return started(this.#first);
  }

  get second(): Collector {
    return started(this.#second);
  }

  get #db() {
    return started(this.#opened).db;
  }

  async #collector(org: string): Promise<Collector> {
    const { key, token } = await setUpOrg(this.#db, org, { newToken: true });
    const app = createApp({ db: this.#db, key, log: () => undefined, now: Date.now });
    return {
      fetch: async (input, init) => app.request(new Request(input, init)),
      token: token ?? '',
      storedRaws: async (logid) => {
        const { rows } = await sql<{ raw: string }>`
          SELECT raw FROM countersign.events WHERE org = ${org} AND logid = ${logid} ORDER BY seq`.execute(
          this.#db,
        );
        return rows.map((row) => row.raw);
      },
    };
  }

  /** The first collector holds the device's log to the byte, and the device knows it. */
  async expectSame(device: Device): Promise<void> {
    const head = await device.head();
    const own = await device.raws(head.logid);
    expect(own).toHaveLength(head.seq + 1);
    expect(await this.first.storedRaws(head.logid)).toEqual(own);
    expect(await device.unsynced()).toBe(0);
  }

  /** What a restore of an old copy does: as the owner, with the guard off. */
  async setBack(logid: string, kept: number): Promise<void> {
    const at = await sql<{ hash: string }>`
      SELECT hash FROM countersign.events WHERE logid = ${logid} AND seq = ${kept - 1}`.execute(
      this.#db,
    );
    await this.#db.connection().execute(async (owner) => {
      await sql`RESET ROLE`.execute(owner);
      await sql`ALTER TABLE countersign.events DISABLE TRIGGER ALL`.execute(owner);
      await sql`DELETE FROM countersign.events WHERE logid = ${logid} AND seq >= ${kept}`.execute(
        owner,
      );
      await sql`ALTER TABLE countersign.events ENABLE TRIGGER ALL`.execute(owner);
      await sql`DELETE FROM countersign.history WHERE logid = ${logid} AND seq >= ${kept}`.execute(
        owner,
      );
      await sql`UPDATE countersign.logs SET head_seq = ${kept - 1}, head_hash = ${at.rows[0]?.hash ?? '00'.repeat(32)}
        WHERE logid = ${logid}`.execute(owner);
      await sql.raw(`SET ROLE ${APP_ROLE}`).execute(owner);
    });
  }
}

function started<T>(part: T | null): T {
  if (part === null) throw new Error('The collectors are not started');
  return part;
}
