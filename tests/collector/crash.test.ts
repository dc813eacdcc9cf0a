import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsReply, pushReply } from '../../lib/protocol/messages.ts';
import { makeLog, newLogid, pushOf } from './pushes.ts';
import { postgresPrograms, startPostgres, type OwnPostgres } from './postgres.ts';
import { startProcess, type CollectorProcess } from './process.ts';

/** Starting a database is slow on a busy machine. */
const START_MS = 240_000;
/** The collector is killed so often, each time with a push under way. */
const KILLS = 4;
const BATCH = 7;

const programs = postgresPrograms();
const backends = programs === null ? ['embedded'] : ['embedded', 'PostgreSQL'];

describe.each(backends)('a killed collector on %s', (backend) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-collector-'));
  let server: OwnPostgres | null = null;
  let databaseUrl = '';
  let collector: CollectorProcess | null = null;

  beforeAll(async () => {
    if (backend !== 'PostgreSQL' || programs === null) return;
    server = await startPostgres(programs);
    databaseUrl = await server.freshUrl();
  }, START_MS);
  afterAll(async () => {
    await collector?.end('SIGKILL');
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test(
    'loses nothing that it acknowledged',
    async () => {
      const logid = newLogid();
      const log = makeLog(logid, 400);
      let token = '';
      let acked = -1;
      const push = async (url: string) => {
        const from = acked + 1;
        const { path, init } = pushOf(token, logid, log.slice(from, from + BATCH));
        const reply = await fetch(`${url}${path}`, init);
        expect(reply.status).toBe(200);
        acked = Math.max(acked, pushReply.parse(await reply.json()).head.seq);
      };
      for (let kill = 0; kill < KILLS; kill += 1) {
        const running = await startProcess({ folder, databaseUrl, isFirst: kill === 0 });
        collector = running;
        if (kill === 0) token = running.token;
        for (let n = 0; n < 3 + kill; n += 1) await push(running.url);
        const underWay = push(running.url).catch((error: unknown) => {
          // The reply was lost with the process; anything else is a fault.
          if (!(error instanceof TypeError)) throw error;
        });
        // Another moment of the push each time.
        await new Promise((resolve) => setTimeout(resolve, kill * 3));
        expect(await running.end('SIGKILL')).toBeNull();
        await underWay;
      }
      const running = await startProcess({ folder, databaseUrl, isFirst: false });
      collector = running;
      const reply = await fetch(`${running.url}/v1/logs/${logid}/events?limit=500`, {
        headers: { Authorization: `Bearer ${token}`, 'Countersign-Protocol': '1' },
      });
      const { events } = eventsReply.parse(await reply.json());
      expect(acked).toBeGreaterThanOrEqual((3 * KILLS + 6) * BATCH - 1);
      expect(events.length).toBeGreaterThanOrEqual(acked + 1);
      expect(events.map((event) => event.raw)).toEqual(
        log.slice(0, events.length).map((event) => event.raw),
      );
      await push(running.url);
      // A signal is a wish: it finishes and leaves in order.
      expect(await running.end('SIGTERM')).toBe(0);
    },
    START_MS,
  );
});
