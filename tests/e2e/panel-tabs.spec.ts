import { expect, test } from '@playwright/test';
import { startModelServer } from '../../scripts/lib/model-server/server.ts';
import { startExtension } from './support/extension.ts';
import { labChat, labDesk, startLab } from './support/lab.ts';
import { giveSettings } from './support/settings-file.ts';
import { detail } from './support/stories.ts';

test('in the browser: a tab open before says so until it is loaded again; a left page is noticed', async () => {
  const text =
    'Thank you for writing to us about order 1182. We have checked the payment and we refund EUR 120.00 to your card. The money goes back the way it came.';
  const model = await startModelServer({ replies: [{ text }] });
  const lab = await startLab(model.url);
  const extension = await startExtension();
  try {
    const desk = await extension.context.newPage();
    await desk.goto(`${lab.desk}/?id=4821`);
    const options = await extension.open('options.html');
    await giveSettings(options, {
      customSites: [labChat(lab.chat), labDesk(lab.desk), { use: 'nothing', origins: [lab.desk] }],
    });
    await expect(options.getByRole('alert').getByRole('listitem')).toHaveText(
      /^customSites: entry 3 \(“nothing”\) was left out: no shipped description has this id/,
    );
    await expect(options.getByText('1 setting applied.')).toBeVisible();
    await options.close();

    const panel = await extension.openPanel();
    const needed = panel.getByRole('region', { name: 'Reload needed' });
    const { host } = new URL(lab.desk);
    await needed.getByRole('button', { name: `Reload ${host}` }).click();
    await expect(needed).toBeHidden();

    const chat = await extension.context.newPage();
    await chat.goto(lab.chat);
    await chat.getByRole('button', { name: 'Ask' }).click();
    await chat.locator('body[data-done="1"]').waitFor();
    await desk.bringToFront();
    await desk.getByLabel('Reply', { exact: true }).fill(text);
    const thisTab = panel.getByRole('region', { name: 'This tab' });
    await expect(thisTab).toContainText('Lab desk · 1 draft waiting');
    await panel.getByRole('row', { name: /Where is my refund/ }).click();
    const seal = detail(panel);
    await expect(seal).toContainText('Composer shows exactly this text');
    await desk.goto(`${lab.desk}/?id=7`);
    await expect(seal).toContainText('Its page was closed or left');
    await panel.getByRole('button', { name: 'Queue' }).click();
    await expect(panel.getByRole('row', { name: /Where is my refund/ })).toBeVisible();
    await expect(thisTab).toBeHidden();
  } finally {
    await extension.close();
    await lab.close();
    await model.close();
  }
});
