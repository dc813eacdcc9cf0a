import { expect } from '@playwright/test';
import { storedEvents } from './collector-reads.ts';
import { exportedEvents, verifyFile } from './trail-file.ts';
import type { Tour } from './tour.ts';
import { REVIEWER } from './world.ts';

/** History, the trail, and what reached the collector. */
export async function playRecord(tour: Tour): Promise<void> {
  const { world, steps, pictures } = tour;
  const panel = await tour.panel();
  const history = panel.getByRole('grid', { name: 'History' });
  const check = panel.getByRole('region', { name: 'Trail check' });

  steps.part('The record');
  await steps.step('History names who decided what', async () => {
    await panel.getByRole('tab', { name: 'History' }).click();
    await panel.getByRole('combobox', { name: 'Person' }).selectOption(REVIEWER);
    for (const name of [/Edited & approved/, /Rejected/, /Escalated/])
      await expect(history.getByRole('row', { name }).first()).toContainText(REVIEWER);
  });
  await steps.step(
    'an entry keeps what was changed, why it was allowed, and that it left so',
    async () => {
      await history.getByRole('row', { name: /Edited & approved/ }).click();
      const entry = panel.getByRole('region', { name: 'Entry' });
      await expect(entry.locator('ins')).toContainText('102.00');
      await expect(entry.getByRole('region', { name: 'Why was this allowed?' })).toContainText(
        'fact-contradicted',
      );
      await expect(entry).toContainText('Sent as approved');
      await pictures.panel(panel, 'entry');
      await entry.getByRole('button', { name: 'History' }).click();
    },
  );
  await steps.step('everything reached the collector', async () => {
    await expect(panel.getByText('Saved here and synced')).toBeVisible({ timeout: 15_000 });
  });
  await steps.step('Verify: the trail is intact, and the collector witnessed it', async () => {
    await panel.getByRole('button', { name: 'Verify' }).click();
    await expect(check).toContainText(
      /^Verified (\d+) of \1 entries on this device, [1-9]\d* witnessed/,
    );
    await pictures.panel(panel, 'history');
  });
  const file = await steps.step(
    'Export writes a file that `npm run verify` finds intact',
    async () => {
      const [download] = await Promise.all([
        panel.waitForEvent('download'),
        panel.getByRole('button', { name: 'Export' }).click(),
      ]);
      const path = await download.path();
      expect(await verifyFile(path)).toMatch(/^Verified/);
      return path;
    },
  );
  await steps.step('the collector holds the same entries, byte for byte, each once', async () => {
    const { logid, raws } = await exportedEvents(file);
    const stored = await storedEvents(world.collector, logid);
    expect(stored.slice(0, raws.length).map(({ raw }) => raw)).toEqual(raws);
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, at) => at));
  });
}
