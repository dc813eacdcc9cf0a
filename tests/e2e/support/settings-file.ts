import type { Page } from '@playwright/test';

/** Hands a settings file to the options page; a text goes in as it is. */
export async function giveSettings(options: Page, settings: unknown): Promise<void> {
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
  await options.getByLabel('Import settings').setInputFiles({
    name: 'settings.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
}
