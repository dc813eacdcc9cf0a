import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addPerson } from '../../scripts/lib/add-person.ts';
import { newDevice } from '../collector/device.ts';
import { postgresPrograms, startPostgres } from '../collector/postgres.ts';
import { startProcess, type CollectorProcess } from '../collector/process.ts';
import { makeLog, newLogid, pushOf } from '../collector/pushes.ts';
import { MAX_PUSH_EVENTS } from '../../lib/protocol/limits.ts';
import { startExtension } from '../e2e/support/extension.ts';
import { engineIn } from './in-extension.ts';
import { rounds, type Size } from './options.ts';
import { digits, timeRow, times, type Part, type Row } from './report.ts';
import { median, quantile } from './stats.ts';

const BACKLOG = 10_000;
/** Devices that come back at once, and what each has to send. */
const FLEET = 200;
const EACH = 25;

/** The same number of events by a bare client: batches of the largest size, the next after the answer. */
async function bareDrain(
  { url }: Pick<CollectorProcess, 'url'>,
  token: string,
  count: number,
): Promise<number> {
  const logid = newLogid();
  const log = makeLog(logid, count);
  const start = performance.now();
  for (let at = 0; at < count; at += MAX_PUSH_EVENTS) {
    const { path, init } = pushOf(token, logid, log.slice(at, at + MAX_PUSH_EVENTS));
    const reply = await fetch(`${url}${path}`, init);
    if (reply.status !== 200) throw new Error(`${reply.status}: ${await reply.text()}`);
    await reply.arrayBuffer();
  }
  return performance.now() - start;
}

/** A backlog through the real extension, and decisions taken meanwhile. */
async function backlog(kind: string, collector: CollectorProcess, size: Size): Promise<Row[]> {
  const token = await addPerson(collector, { name: 'Mia', role: 'reviewer' });
  const extension = await startExtension();
  try {
    const { call, page } = await engineIn(extension);
    const count = rounds(size, 2_000, BACKLOG);
    await call('fill', count);
    const idle = await call('decisions', rounds(size, 10, 40));
    await extension.importSettings({ syncEndpoint: collector.url, syncToken: token });
    const start = performance.now();
    const busy = await call('decisionsWhileUnsynced', 400);
    const { rest, ms } = await call('drained', 120_000);
    const took = performance.now() - start;
    await page.close();
    const bare = await bareDrain(collector, token, count);
    const name = count.toLocaleString('en');
    return [
      {
        what: `${kind}: a backlog of ${name} events drains through the extension`,
        median: `${digits(took)} ms`,
        p95: rest === 0 ? '' : `${rest} left after ${digits(ms)} ms`,
        n: 1,
        peer: `a bare client, the same batches: ${digits(bare)} ms`,
        target: count === BACKLOG ? '≤ 10,000 ms' : '',
        met: count === BACKLOG ? rest === 0 && took <= 10_000 : null,
      },
      timeRow(
        `${kind}: one strict decision while it syncs`,
        busy,
        { share: 0.95, limit: 50 },
        times('the same with nothing to sync', idle),
      ),
    ];
  } finally {
    await extension.close();
  }
}

/** Many devices that found nobody come back to a collector that just started. */
async function fleet(
  kind: string,
  place: { folder: string; databaseUrl: string; port: number; token: string },
  size: Size,
): Promise<Row[]> {
  const count = rounds(size, 20, FLEET);
  const url = `http://127.0.0.1:${place.port}`;
  const devices = Array.from({ length: count }, () => newDevice(url, place.token));
  for (const device of devices) await device.record(EACH - 1);
  const clock = () => Date.now();
  const over = { now: clock, random: Math.random };
  // Nobody there: each fails once, and waits its own time.
  for (const device of devices) await device.sync(over).syncNow();
  const { folder, databaseUrl, port } = place;
  const collector = await startProcess({ folder, databaseUrl, isFirst: false, port });
  try {
    const start = performance.now();
    const done: number[] = [];
    let failures = 0;
    await Promise.all(
      devices.map(async (device) => {
        const engine = device.sync(over);
        for (;;) {
          const { state } = await engine.syncNow();
          if (state === 'synced') break;
          if (state === 'failed') failures += 1;
          const due = (await engine.due()) ?? clock();
          await new Promise((resolve) => setTimeout(resolve, Math.max(1, due - clock())));
        }
        done.push(performance.now() - start);
      }),
    );
    const all = Math.max(...done);
    return [
      {
        what: `${kind}: ${count} devices with ${EACH} events each reconnect at once`,
        median: `${digits(median(done))} ms`,
        p95: `${digits(quantile(done, 0.95))} ms`,
        n: done.length,
        peer: `all after ${digits(all)} ms: ${digits((count * EACH * 1000) / all)} events/s; ${failures} pushes refused`,
        target: '',
        met: null,
      },
    ];
  } finally {
    await collector.end('SIGTERM');
  }
}

/** Sending from real devices: the extension with a backlog, and a whole fleet that comes back. */
export async function benchSync(size: Size): Promise<Part> {
  const programs = postgresPrograms();
  const postgres = programs === null ? null : await startPostgres(programs);
  const kinds = postgres === null ? ['embedded database'] : ['embedded database', 'PostgreSQL'];
  const rows: Row[] = [];
  try {
    for (const kind of kinds) {
      const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-sync-'));
      const databaseUrl =
        postgres === null || kind !== 'PostgreSQL' ? '' : await postgres.freshUrl();
      const collector = await startProcess({ folder, databaseUrl, isFirst: true });
      try {
        rows.push(...(await backlog(kind, collector, size)));
        const port = Number(new URL(collector.url).port);
        const token = await addPerson(collector, { name: 'Fleet', role: 'reviewer' });
        await collector.end('SIGTERM');
        rows.push(...(await fleet(kind, { folder, databaseUrl, port, token }, size)));
      } finally {
        await collector.end('SIGKILL');
        rmSync(folder, { recursive: true, force: true });
      }
    }
  } finally {
    await postgres?.stop();
  }
  return {
    name: 'Sync from devices',
    rows,
    notes: [
      'The extension in a real Chromium, its own worker sending; from the import of the settings until every entry of the backlog and of the decisions meanwhile is acknowledged by a verified receipt.',
      'Decisions while it syncs are written by a page of the extension into the same database, as the panel’s worker would, one after the other for as long as the backlog lasts, at most 400.',
      'The fleet: the real engine and store (fake-indexeddb) of each device in one Node process that shares the machine with the collector; each waits its own jittered back-off first. Target: none was set; nothing may be lost.',
    ],
  };
}
