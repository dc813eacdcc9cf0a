import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startProcess, type CollectorProcess } from '../collector/process.ts';
import { FaultDevice } from './device.ts';
import { judge } from './judge.ts';
import { startFaultProxy } from './proxy.ts';
import type { Ask } from './snapshot.ts';

/** How often the collector is killed, each time at another moment of a push; `FAULT_KILLS` for more. */
const KILLS = Number(process.env['FAULT_KILLS'] ?? 1);
/** Starting a database is slow on a busy machine. */
const START_MS = 60_000;

const home = mkdtempSync(join(tmpdir(), 'countersign-faults-'));
const [folder, copy] = [join(home, 'now'), join(home, 'copy')];
let collector: CollectorProcess | null = null;
afterAll(async () => {
  await collector?.end('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

const start = async (isFirst = false): Promise<CollectorProcess> =>
  (collector = await startProcess({ folder, databaseUrl: '', isFirst }));
const ask: Ask = (path, init) => fetch(`${collector?.url}${path}`, init);

test(
  '26, 27 the collector is killed in the middle of pushes, then an old copy takes its place',
  async () => {
    const { token, end } = await start(true);
    // One address for the device, whatever port the collector has after its next start.
    const proxy = await startFaultProxy(ask);
    const where = { ask, token, outbound: proxy.outbound };
    try {
      const device = new FaultDevice(proxy.url, token);
      await device.record(40);
      await device.decide();
      await device.settle();
      expect(await end('SIGTERM')).toBe(0);
      cpSync(folder, copy, { recursive: true });

      for (let kill = 0; kill < KILLS; kill += 1) {
        const running = await start();
        await device.record(1_500);
        await device.decide();
        let pushes = 0;
        proxy.plan = ({ method }) => {
          if (method === 'POST') pushes += 1;
          // The second push is under way when it dies, a little later each time.
          if (pushes === 2) setTimeout(() => void running.end('SIGKILL'), (kill * 7) % 60);
          return { do: 'pass' };
        };
        expect(await device.sync().syncNow({ asked: true })).toMatchObject({ state: 'failed' });
        await running.end('SIGKILL');
        expect((await device.shown()).unsynced).toBeGreaterThan(0);
        await device.record(3);
        proxy.plan = () => ({ do: 'pass' });
        const again = await start();
        await device.settle();
        expect(await judge(where, [device], {})).toEqual([]);
        await again.end('SIGKILL');
      }

      rmSync(folder, { recursive: true });
      cpSync(copy, folder, { recursive: true });
      await start();
      await device.decide();
      await device.settle();
      expect(await judge(where, [device], {})).toEqual([]);
    } finally {
      await proxy.close();
    }
  },
  (4 + 2 * KILLS) * START_MS,
);
