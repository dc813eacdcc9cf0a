import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Pool } from 'pg';
import { MAX_PUSH_EVENTS } from '../../lib/protocol/limits.ts';
import { postgresPrograms, startPostgres } from '../collector/postgres.ts';
import { startProcess } from '../collector/process.ts';
import { makeLog, newLogid, pushOf, type Made } from '../collector/pushes.ts';
import { rounds, type Size } from './options.ts';
import { digits, interval, timeRow, type Part, type Row } from './report.ts';
import { median, quantile, ratios } from './stats.ts';

/** Devices that push at the same time. */
const DEVICES = 8;
const BACKLOG = 10_000;

/** What an event of the product carries, so that rows have its size. */
const DATA = {
  decisionId: '0198a7c2-0000-7000-8000-000000000001',
  version: 1,
  role: 'reviewer',
  tier: 'low',
  model: 'bench',
  draft: { commitment: 'b'.repeat(43), length: 812 },
  seen: { commitment: 'c'.repeat(43), length: 9120 },
  reasons: [],
  policyVersion: 1,
  visibleMs: 8412,
  openMs: 11_200,
};

type Insert = (logid: string, events: readonly Made[]) => Promise<void>;

const TABLE = `CREATE TABLE bare (org text NOT NULL, logid text NOT NULL, seq bigint NOT NULL,
  hash text NOT NULL, raw text NOT NULL, known boolean NOT NULL, received_at text NOT NULL,
  PRIMARY KEY (org, logid, seq))`;
const INSERT = `INSERT INTO bare SELECT 'default', $1, seq, hash, raw, true, $2
  FROM unnest($3::bigint[], $4::text[], $5::text[]) AS batch (seq, hash, raw)`;
const valuesOf = (logid: string, events: readonly Made[]) => [
  logid,
  new Date().toISOString(),
  events.map(({ seq }) => seq),
  events.map(({ hash }) => hash),
  events.map(({ raw }) => raw),
];

/** A bare batched INSERT of the same rows, with the same key and nothing else. */
async function bareTable(
  databaseUrl: string,
  folder: string,
): Promise<{ insert: Insert; end(): Promise<void> }> {
  if (databaseUrl === '') {
    const db = new PGlite({ dataDir: join(folder, 'bare') });
    await db.exec(TABLE);
    return {
      insert: async (logid, events) => void (await db.query(INSERT, valuesOf(logid, events))),
      end: () => db.close(),
    };
  }
  const pool = new Pool({ connectionString: databaseUrl, max: 10 });
  // A connection that is closing when the server stops is told so; unheard, the event would end us.
  pool.on('error', () => undefined);
  await pool.query(TABLE);
  return {
    insert: async (logid, events) => void (await pool.query(INSERT, valuesOf(logid, events))),
    end: () => pool.end(),
  };
}

function batchesOf(log: readonly Made[]): Made[][] {
  return Array.from({ length: Math.ceil(log.length / MAX_PUSH_EVENTS) }, (_, at) =>
    log.slice(at * MAX_PUSH_EVENTS, (at + 1) * MAX_PUSH_EVENTS),
  );
}

async function measure(
  kind: string,
  target: number | null,
  places: { collector: string; bare: string },
  size: Size,
): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  const collector = await startProcess({ folder, databaseUrl: places.collector, isFirst: true });
  const bare = await bareTable(places.bare, folder);
  try {
    const push = async (logid: string, events: readonly Made[]) => {
      const { path, init } = pushOf(collector.token, logid, events);
      const response = await fetch(`${collector.url}${path}`, init);
      if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
    };
    const perRound = 2 * MAX_PUSH_EVENTS;
    const rate = async (work: Insert, logs: ReadonlyMap<string, Made[]>) => {
      const start = performance.now();
      await Promise.all(
        [...logs].map(async ([logid, log]) => {
          for (const batch of batchesOf(log)) await work(logid, batch);
        }),
      );
      return (DEVICES * perRound * 1000) / (performance.now() - start);
    };
    const own: number[] = [];
    const raw: number[] = [];
    for (let round = -1; round < rounds(size, 3, 10); round += 1) {
      const logs = new Map(
        Array.from({ length: DEVICES }, () => newLogid()).map(
          (logid) => [logid, makeLog(logid, perRound, DATA)] as const,
        ),
      );
      const [ours, theirs] = [await rate(push, logs), await rate(bare.insert, logs)];
      if (round < 0) continue;
      own.push(ours);
      raw.push(theirs);
    }
    const drained: number[] = [];
    for (let round = 0; round < rounds(size, 1, 3); round += 1) {
      const logid = newLogid();
      const batches = batchesOf(makeLog(logid, BACKLOG, DATA));
      const start = performance.now();
      for (const batch of batches) await push(logid, batch);
      drained.push(performance.now() - start);
    }
    const paired = ratios(own, raw);
    return [
      {
        what: `${kind}: events taken a second, ${DEVICES} devices`,
        median: digits(median(own)),
        p95: `slowest round ${digits(quantile(own, 0))}`,
        n: own.length,
        peer: `bare batched INSERT: ${digits(median(raw))}`,
        target: target === null ? '' : `≥ ${target.toLocaleString('en')}`,
        met: target === null ? null : median(own) >= target,
      },
      {
        what: `${kind}: ÷ a bare batched INSERT of the same rows`,
        median: interval(paired),
        p95: '',
        n: paired.length,
        peer: '',
        target: '≥ 0.3',
        met: median(paired) >= 0.3,
      },
      timeRow(
        `${kind}: a backlog of ${BACKLOG.toLocaleString('en')} events of one device drains`,
        drained,
        {
          share: 0.95,
          limit: 10_000,
        },
      ),
    ];
  } finally {
    await collector.end('SIGTERM');
    await bare.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The collector over HTTP, on both of its databases, beside the database alone. */
export async function benchCollector(size: Size): Promise<Part> {
  const rows = await measure('embedded database', null, { collector: '', bare: '' }, size);
  const notes = [
    `Pushes of ${MAX_PUSH_EVENTS} events over HTTP on loopback, the next after the answer; checked, chained, stored durably and signed. The collector is a process of its own; client and database share the machine.`,
    'Bare: the same rows by one statement a batch over as many connections, in a table with the same key.',
  ];
  const programs = postgresPrograms();
  if (programs === null) return { name: 'Collector', rows, notes };
  const postgres = await startPostgres(programs);
  try {
    const places = { collector: await postgres.freshUrl(), bare: await postgres.freshUrl() };
    rows.push(...(await measure('PostgreSQL', 5000, places, size)));
  } finally {
    await postgres.stop();
  }
  return { name: 'Collector', rows, notes };
}
