import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { Head } from '../../lib/audit/leaf.ts';
import { startProcess, type CollectorProcess } from '../collector/process.ts';
import { giveSettings } from '../e2e/support/settings-file.ts';
import { startStepKill } from '../e2e/support/step-kill.ts';
import { startBrowser, type OwnBrowser } from './browser.ts';
import { violations } from './oracle.ts';
import { startFaultProxy, type Fault } from './proxy.ts';
import {
  readCollector,
  readDevice,
  readTables,
  type Ask,
  type DeviceRows,
  type Shown,
} from './snapshot.ts';

/** `STEP_KILL=all` kills at every step of a push; else at every `SAMPLE`th. */
const EVERY = process.env['STEP_KILL'] === 'all' ? 1 : 3;
const NAME = 'Mia Canary-4417';
/** From the last fault until all is acknowledged, in milliseconds. */
const SETTLE_MS = 60_000;

test('the worker, the browser, the storage, the collector and the clock fail in mid-push', async () => {
  test.setTimeout(EVERY === 1 ? 1_800_000 : 420_000);
  const home = mkdtempSync(join(tmpdir(), 'countersign-faults-'));
  const profile = join(home, 'profile');
  const folder = join(home, 'collector');
  let collector: CollectorProcess = await startProcess({ folder, databaseUrl: '', isFirst: true });
  const { token } = collector;
  const ask: Ask = (path, init) => fetch(`${collector.url}${path}`, init);
  const proxy = await startFaultProxy(ask);
  const heal = () => (proxy.plan = () => ({ do: 'pass' }));
  const harm = (fault: () => Fault) =>
    (proxy.plan = ({ method }) => (method === 'POST' ? fault() : { do: 'pass' }));
  let browser: OwnBrowser = await startBrowser(profile);
  let options: Page = await browser.open('options.html');
  const logids = new Set<string>();
  /** Numbers of the records whose writing was reported done, and the entries that were once seen. */
  const done: number[] = [];
  let promised: Head[] = [];
  let last = 0;

  const call = (name: string, request: object) =>
    options.evaluate(
      ([name, request]) => {
        const { chrome } = globalThis as unknown as {
          chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } };
        };
        return chrome.runtime.sendMessage({ countersign: 1, name, request }).then(
          () => true,
          () => false,
        );
      },
      [name, request] as const,
    );
  /** One event each, as an export writes it; done when the worker says so. */
  const record = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      last += 1;
      if (await call('export.made', { rows: last, format: 'faults' })) done.push(last);
    }
  };
  const rows = async (): Promise<DeviceRows> => {
    const read = await readDevice('countersign', (what) => options.evaluate(readTables, what));
    for (const { logid } of read.heads) logids.add(logid);
    return read;
  };
  const isSynced = async () => {
    const { heads, cursors } = await rows();
    return heads.every(
      ({ logid, seq }) => cursors.find((row) => row.logid === logid)?.ackedSeq === seq,
    );
  };
  const settle = async (what: string) => {
    heal();
    const began = Date.now();
    // A person looks after it; what nobody asks for comes by alarm, half a minute later.
    await call('sync.now', {});
    await expect
      .poll(isSynced, { timeout: SETTLE_MS, message: `${what}: all is acknowledged` })
      .toBe(true);
    return Date.now() - began;
  };
  /** What a person reads in the panel. */
  const shown = async (): Promise<Shown> => {
    const panel = await browser.open('sidepanel.html');
    try {
      const footer = panel.locator('footer');
      await expect(footer).toContainText(/synced|to sync/i);
      const text = await footer.innerText();
      const [, waiting = '0'] = /(\d+) to sync/.exec(text) ?? [];
      const [, problem = null] = /Not synced: (.+)/.exec(text) ?? [];
      await panel.getByRole('tab', { name: 'History' }).click();
      await panel.getByRole('button', { name: 'Verify' }).click();
      const region = panel.getByRole('region', { name: 'Trail check' });
      await expect(region).toHaveText(/^(Verified|Not evaluated|Broken)/);
      const check = await region.innerText();
      const state = check.startsWith('Verified')
        ? 'verified'
        : check.startsWith('Broken')
          ? 'broken'
          : 'not-evaluated';
      const contents = { matching: 0, missing: 0, unnamed: 0 };
      const sums = { count: 0, total: 0, synced: 0, witnessed: 0 };
      const verdict = { state, logs: [], ...sums, contents } as const;
      return {
        unsynced: Number(waiting),
        problem,
        held: new Map(),
        verdict: { ...verdict, logs: [] },
      };
    } finally {
      await panel.close();
    }
  };
  const judge = async (
    what: string,
    settledInMs: number,
    onlyThere: Head[] = [],
    // A log that went on from one that is gone can't be called verified on this device alone.
    state: 'verified' | 'not-evaluated' = 'verified',
  ) => {
    const now = await rows();
    const before = await shown();
    await browser.killWorker();
    const again = await shown();
    const held = await readCollector(ask, token, logids);
    const device = { rows: now, shown: before, shownAgain: again, promised, settledInMs };
    expect([before.verdict.state, again.verdict.state], what).toEqual([state, state]);
    const found = await violations({
      devices: [device],
      collector: held,
      onlyThere,
      outbound: proxy.outbound,
      secrets: [token],
      mayTakeMs: SETTLE_MS,
    });
    expect(found, what).toEqual([]);
    promised = now.events.map(({ logid, seq, hash }) => ({ logid, seq, hash }));
    // Each record that was reported done is held once, by the collector as well.
    const numbers = held
      .flatMap((log) => log.events.map((event) => JSON.parse(event.raw).data))
      .filter((data) => data.format === 'faults')
      .map((data) => Number(data.rows));
    expect(new Set(numbers).size, `${what}: none is doubled`).toBe(numbers.length);
    expect(
      done.filter((number) => !numbers.includes(number)),
      `${what}: none is lost`,
    ).toEqual([]);
  };
  /** A backlog that takes several pushes. */
  const backlog = async () => {
    harm(() => ({ do: 'lose-request' }));
    await record(6);
  };
  const bySmall = (then: (push: number) => Fault) => {
    let pushes = 0;
    proxy.plan = ({ method, body }) => {
      if (method !== 'POST') return { do: 'pass' };
      if (body.length > 2_500) return { do: 'answer', status: 413 };
      pushes += 1;
      return then(pushes);
    };
  };

  try {
    await giveSettings(options, { syncEndpoint: proxy.url, syncToken: token, reviewerName: NAME });
    await options
      .getByText(/settings? applied/)
      .first()
      .waitFor();
    await judge('at first', await settle('at first'));

    await test.step('1 the worker is killed at steps of a push with a backlog', async () => {
      let names: string[] = [];
      let kills = 0;
      for (let at = 0; at <= names.length; at += at === 0 ? 1 : EVERY) {
        const steps = await startStepKill(browser.port, browser.id);
        try {
          await backlog();
          bySmall(() => ({ do: 'pass' }));
          await steps.arm(at);
          await call('sync.now', {});
          if (at === 0) {
            await settle('uncounted');
            names = await steps.counted();
            expect(names.length, names.join(', ')).toBeGreaterThan(8);
          }
          if (steps.killed() !== null) kills += 1;
        } finally {
          steps.close();
        }
        await settle(`killed at step ${at} of ${names.length}`);
      }
      process.stdout.write(
        `\n  faults: ${names.length} steps in a push of a backlog, killed at ${kills}\n`,
      );
      expect(kills).toBeGreaterThan(names.length / EVERY / 2);
      // Where the request is on its way, and where the reply is.
      for (const where of ['before', 'after'] as const) {
        await backlog();
        bySmall((push) =>
          push === 2 ? { do: 'hold', where, until: browser.killWorker() } : { do: 'pass' },
        );
        await call('sync.now', {});
        await settle(`killed ${where} the commit`);
      }
      await judge('after the kills of the worker', await settle('after the kills'));
    });

    await test.step('3 the browser is killed in mid-push', async () => {
      await backlog();
      const killed = new Promise<void>((resolve, reject) => {
        bySmall((push) => {
          if (push !== 2) return { do: 'pass' };
          const until = browser.kill();
          until.then(resolve, reject);
          return { do: 'hold', where: 'after', until };
        });
      });
      // The page that asks dies too.
      await Promise.all([killed, call('sync.now', {}).catch(() => false)]);
      heal();
      browser = await startBrowser(profile);
      options = await browser.open('options.html');
      await judge('after the kill of the browser', await settle('browser killed'));
    });

    await test.step('26 the collector is killed in mid-push', async () => {
      await backlog();
      bySmall((push) =>
        push === 2
          ? { do: 'hold', where: 'after', until: collector.end('SIGKILL') }
          : { do: 'pass' },
      );
      await call('sync.now', {});
      await record(2);
      collector = await startProcess({ folder, databaseUrl: '', isFirst: false });
      await judge('after the kill of the collector', await settle('collector killed'));
    });

    await test.step('30 the clock ran ten hours ahead and is set right', async () => {
      const shift = async (hours: number) => {
        const worker = browser.context.serviceWorkers()[0];
        await worker?.evaluate((ms) => {
          const now = Date.now.bind(Date);
          Date.now = () => now() + ms;
        }, hours * 3_600_000);
      };
      await record(1);
      await settle('before the clock');
      await shift(10);
      harm(() => ({ do: 'lose-request' }));
      await record(3);
      await expect.poll(async () => (await rows()).sync[0]?.nextAt ?? 0).toBeGreaterThan(0);
      expect((await rows()).sync[0]?.nextAt).toBeGreaterThan(Date.now() + 9 * 3_600_000);
      await shift(-10);
      heal();
      const began = Date.now();
      // Nobody asks: the next record alone makes it go on.
      await record(1);
      await expect.poll(isSynced, { timeout: SETTLE_MS }).toBe(true);
      await judge('after the clock', Date.now() - began);
    });

    await test.step('5 the storage is wiped', async () => {
      const before = await rows();
      const session = await browser.context.newCDPSession(options);
      await session.send('Storage.clearDataForOrigin', {
        origin: `chrome-extension://${browser.id}`,
        storageTypes: 'indexeddb',
      });
      await browser.killWorker();
      await expect.poll(() => call('sync.now', {})).toBe(true);
      await record(2);
      const settled = await settle('wiped');
      const { heads, events } = await rows();
      expect(heads.map((head) => head.previous?.seq)).toEqual([before.heads[0]?.seq]);
      expect(events.slice(0, 2).map((event) => event.type)).toEqual(['log.started', 'log.lost']);
      await judge('after the wipe', settled, promised, 'not-evaluated');
    });
  } finally {
    await browser.close().catch(() => undefined);
    await proxy.close();
    await collector.end('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  }
});
