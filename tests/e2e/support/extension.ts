import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, BrowserContext, CDPSession, Page, Worker } from '@playwright/test';
import { findBrowser } from '../../../scripts/lib/browser.mjs';
import { giveSettings } from './settings-file.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** The build that the tests load: host permission for loopback, nothing else differs. */
export const E2E_BUILD =
  process.env['COUNTERSIGN_BUILD'] ?? join(root, '.output', 'chrome-mv3-e2e');

/** How long a browser may take to name its debugging port, in milliseconds. */
const PORT_MS = 20_000;

/** The port that the browser took for its debugger: one that we chose could be another's by then. */
async function debuggingPort(profile: string): Promise<number> {
  const file = join(profile, 'DevToolsActivePort');
  for (const until = Date.now() + PORT_MS; Date.now() < until;) {
    const port = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : Number.NaN;
    if (port > 0) return port;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The browser named no debugging port');
}

/** A real Chromium with the real extension. */
export interface Extension {
  context: BrowserContext;
  id: string;
  /** The port that the browser's debugger listens on. */
  port: number;
  /** The folder of the browser's throw-away profile. */
  profile: string;
  /** The service worker that runs now; waits for one. */
  worker(): Promise<Worker>;
  /** A page of the extension in a tab, e.g. `options.html`. */
  open(path: string): Promise<Page>;
  /** Imports settings through the options page, as a person does. */
  importSettings(settings: Record<string, unknown>): Promise<void>;
  /** The real side panel once something opened it. */
  panel(): Promise<Page>;
  /** Opens the panel by a real click on a page of ours in that tab's window. */
  openPanel(): Promise<Page>;
  /** Kills the service worker, as Chrome does after 30 s idle. */
  killWorker(): Promise<void>;
  /** A CDP session with the browser itself. */
  cdp(): Promise<CDPSession>;
  close(): Promise<void>;
}

/** Chromium's arguments that every run here needs. */
export function browserArgs(build: string): string[] {
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-extensions-except=${build}`,
    `--load-extension=${build}`,
    '--remote-debugging-port=0',
  ];
}

/** Starts Chromium with the extension in a throw-away profile. Close it in `finally`. */
export async function startExtension(
  options: { headless?: boolean; build?: string; env?: Record<string, string> } = {},
): Promise<Extension> {
  const executablePath = await findBrowser();
  if (executablePath === null) throw new Error('No Chromium was found; run npm test, it gets one.');
  const build = options.build ?? E2E_BUILD;
  const profile = mkdtempSync(join(tmpdir(), 'countersign-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: options.headless ?? true,
    viewport: null,
    args: [...browserArgs(build), '--window-size=1366,768'],
    env: { ...process.env, ...options.env } as Record<string, string>,
  });
  context.setDefaultTimeout(20_000);
  const port = await debuggingPort(profile);
  let second: Browser | null = null;

  const worker = async () => {
    const running = context.serviceWorkers()[0];
    return running ?? context.waitForEvent('serviceworker');
  };
  const id = new URL((await worker()).url()).host;

  const overCdp = async () =>
    (second ??= await chromium.connectOverCDP(`http://127.0.0.1:${port}`));

  const open = async (path: string) => {
    const page = await context.newPage();
    await page.goto(`chrome-extension://${id}/${path}`);
    return page;
  };

  const findPanel = async (): Promise<Page | null> => {
    const browser = await overCdp();
    for (const other of browser.contexts())
      for (const page of other.pages())
        if (page.url().startsWith(`chrome-extension://${id}/sidepanel.html`)) return page;
    return null;
  };

  const panel = async () => {
    const until = Date.now() + 15_000;
    while (Date.now() < until) {
      const page = await findPanel();
      if (page !== null) return page;
      // A page that opened after the connection is listed only by a new one.
      await second?.close();
      second = null;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    throw new Error('The side panel did not open');
  };

  return {
    context,
    id,
    port,
    profile,
    worker,
    open,
    panel,
    async importSettings(settings) {
      const page = await open('options.html');
      await giveSettings(page, settings);
      await page
        .getByText(/settings? applied/)
        .first()
        .waitFor();
      await page.close();
    },
    async openPanel() {
      const page = await open('options.html');
      await page.evaluate(() => {
        const button = document.createElement('button');
        button.id = 'open-panel-for-test';
        button.textContent = 'open';
        button.addEventListener('click', () => {
          const { chrome } = globalThis as unknown as {
            chrome: {
              windows: { getCurrent(done: (window: { id: number }) => void): void };
              sidePanel: { open(where: { windowId: number }): Promise<void> };
            };
          };
          void chrome.sidePanel.open({ windowId: Number(button.dataset['window']) });
        });
        document.body.prepend(button);
        const { chrome } = globalThis as unknown as {
          chrome: { windows: { getCurrent(): Promise<{ id: number }> } };
        };
        return chrome.windows.getCurrent().then((window) => {
          button.dataset['window'] = String(window.id);
        });
      });
      await page.locator('#open-panel-for-test').click();
      const found = await panel();
      await page.close();
      return found;
    },
    async killWorker() {
      const browser = await overCdp();
      const session = await browser.newBrowserCDPSession();
      const { targetInfos } = await session.send('Target.getTargets');
      for (const target of targetInfos)
        if (target.type === 'service_worker' && target.url.includes(id))
          await session.send('Target.closeTarget', { targetId: target.targetId });
      await session.detach();
    },
    async cdp() {
      return (await overCdp()).newBrowserCDPSession();
    },
    async close() {
      await second?.close();
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
