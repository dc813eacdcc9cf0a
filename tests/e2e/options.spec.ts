import { expect } from '@playwright/test';
import { giveSettings } from './support/settings-file.ts';
import { test, timesOf } from './support/stories.ts';

test('a wrong settings file: key, what is wrong, what is allowed; no code', async ({
  withStory,
}) => {
  await withStory('options', async (page) => {
    await giveSettings(page, {
      mode: 'sometimes',
      sites: ['desk.example', 'not a site'],
      syncToken: 'two\nlines',
      modee: 'observe',
    });
    const alert = page.getByRole('alert');
    await expect(alert.getByRole('listitem')).toHaveText([
      'mode: "sometimes" is not allowed. Allowed: "observe", "advise" or "enforce".',
      /^sites: entry 2, "not a site", is not allowed\. Allowed: a list of up to 200 addresses/,
      'syncToken: the value is not allowed. Allowed: one line of up to 500 characters.',
      /^modee: there is no such setting in this version/,
    ]);
    await expect(alert).not.toContainText(/bad-value|unknown-key|invalid_/);
    await expect(page.getByText(/sync-failed/)).toBeHidden();
    await expect(page.getByText(/Sending to the endpoint failed/)).toBeVisible();
  });
});

test('a call that fails is no success, and only what was applied is counted', async ({
  withStory,
}) => {
  await withStory('options', async (page) => {
    await giveSettings(page, { theme: 'dark', mode: 'never', consentAt: 7 });
    await expect(page.getByText('1 setting applied.')).toBeVisible();
    await page.evaluate(() => {
      Reflect.get(globalThis, 'bench').answers.callFails = true;
    });
    await giveSettings(page, { theme: 'light', mode: 'never' });
    await expect(page.getByText(/^It could not be saved: /)).toBeVisible();
    await expect(page.getByText(/settings? applied/)).toHaveCount(0);
    await expect(page.getByRole('alert').getByRole('listitem')).toHaveText(/^mode: "never"/);
  });
});

test('a site of the list is allowed as it is added: words and consent before Chrome is asked', async ({
  withStory,
}) => {
  await withStory('options', async (page) => {
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    const words = page.getByRole('group', { name: /https:\/\/\*\.mail\.example/ });
    await expect(words).toContainText('What it reads');
    await expect(words).toContainText('collector.example');
    const ask = words.getByRole('button', { name: /^Allow on/ });
    await expect(ask).toHaveAccessibleDescription('Chrome is asked once you agree.');
    await ask.click({ force: true });
    expect(await timesOf(page, 'site.register')).toBe(0);
    await words.getByRole('checkbox').check();
    await ask.click();
    await expect(words).toBeHidden();
    expect(await timesOf(page, 'site.register')).toBe(1);
  });
});
