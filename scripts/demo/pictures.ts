import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';

const FOLDER = join(import.meta.dirname, '..', '..', 'docs', 'pictures');

/** Width of Chrome's side panel when it is first opened, in CSS pixels. */
const PANEL_WIDTH = 360;

/** Takes pictures, or does nothing when none were asked for. */
export interface Pictures {
  /** The side panel, light and dark: `NAME-light.png`, `NAME-dark.png`; `show` is scrolled into view first. */
  panel(
    page: Page,
    name: string,
    options?: { show?: Locator; block?: ScrollLogicalPosition; height?: number },
  ): Promise<void>;
  /** A page of the helpdesk. */
  page(page: Page, name: string): Promise<void>;
  /** Names of what was written. */
  written: readonly string[];
}

export function createPictures(wanted: boolean): Pictures {
  const written: string[] = [];
  const both = async (page: Page, name: string) => {
    await mkdir(FOLDER, { recursive: true });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      const file = `${name}-${colorScheme}.png`;
      await page.screenshot({ path: join(FOLDER, file), animations: 'disabled', caret: 'hide' });
      written.push(`docs/pictures/${file}`);
    }
    await page.emulateMedia({ colorScheme: null });
  };
  return {
    written,
    async panel(page, name, { show, block = 'start', height = 720 } = {}) {
      if (!wanted) return;
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setDeviceMetricsOverride', {
        width: PANEL_WIDTH,
        height,
        deviceScaleFactor: 2,
        mobile: false,
      });
      await show?.evaluate((element, block) => element.scrollIntoView({ block }), block);
      await both(page, name);
      await session.send('Emulation.clearDeviceMetricsOverride');
      await session.detach();
    },
    async page(page, name) {
      if (wanted) await both(page, name);
    },
  };
}
