import { existsSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/lib/browser.mjs';
import { browserArgs, E2E_BUILD } from '../e2e/support/extension.ts';
import { RawCdp } from '../e2e/support/raw-cdp.ts';

/** How long a browser may take to end or to name its port, in milliseconds. */
const WAIT_MS = 20_000;

/** The real extension in a profile that outlives the browser. */
export interface OwnBrowser {
  context: BrowserContext;
  id: string;
  /** Of the debugger. */
  port: number;
  open(path: string): Promise<Page>;
  /** Ends the service worker, as Chrome does. */
  killWorker(): Promise<void>;
  /** SIGKILL: nothing is written that was not. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

async function until<T>(what: string, look: () => T | null): Promise<T> {
  for (const end = Date.now() + WAIT_MS; Date.now() < end;) {
    const found = look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited in vain: ${what}`);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return false;
  }
}

/** Starts Chromium with the extension in `profile`; made when it is not there. */
export async function startBrowser(profile: string): Promise<OwnBrowser> {
  const executablePath = await findBrowser();
  if (executablePath === null) throw new Error('No Chromium was found; run npm test, it gets one.');
  const portFile = join(profile, 'DevToolsActivePort');
  // A browser that was killed leaves both behind.
  rmSync(portFile, { force: true });
  rmSync(join(profile, 'SingletonLock'), { force: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: browserArgs(E2E_BUILD),
  });
  context.setDefaultTimeout(WAIT_MS);
  const port = await until('the port', () => {
    const read = existsSync(portFile) ? Number.parseInt(readFileSync(portFile, 'utf8'), 10) : 0;
    return read > 0 ? read : null;
  });
  // Chromium names its process there: `host-pid`.
  const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const id = new URL(worker.url()).host;
  return {
    context,
    id,
    port,
    async open(path) {
      const page = await context.newPage();
      await page.goto(`chrome-extension://${id}/${path}`);
      return page;
    },
    async killWorker() {
      const cdp = await RawCdp.connect(port);
      const { targetInfos } = (await cdp.send('Target.getTargets')) as {
        targetInfos: { targetId: string; type: string; url: string }[];
      };
      for (const { targetId, type, url } of targetInfos)
        if (type === 'service_worker' && url.includes(id))
          await cdp.send('Target.closeTarget', { targetId });
      cdp.close();
    },
    async kill() {
      process.kill(pid, 'SIGKILL');
      await until('the end of the browser', () => (isAlive(pid) ? null : true));
      await context.close().catch((error: unknown) => {
        // It is gone: that is what was asked for.
        if (!(error instanceof Error)) throw error;
      });
    },
    close: () => context.close(),
  };
}
