import { expect, test, type Page } from '@playwright/test';
import { startModelServer } from '../../scripts/lib/model-server/server.ts';
import { openStories, type StoryBrowser } from '../stories/browser.ts';
import { startExtension } from './support/extension.ts';
import { labChat, labDesk, startLab } from './support/lab.ts';

/** The panel on the real use cases and a real database; only the page at the far end is played. */
let stories: StoryBrowser;
test.beforeAll(async () => {
  stories = await openStories();
});
test.afterAll(async () => stories?.close());

async function withStory(name: string, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await stories.open(name);
  try {
    await work(page);
  } finally {
    await page.context().close();
  }
}

/** Names of the calls that the panel made since the story was seeded. */
const decisions = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (Reflect.get(globalThis, 'bench').calls as { name: string; request: { verb?: string } }[])
      .filter(({ name }) => name === 'item.decide' || name === 'item.release-human')
      .map(({ name, request }) => request.verb ?? name),
  );
/** How often the panel asked to take a decision back. */
const undone = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      (Reflect.get(globalThis, 'bench').calls as { name: string }[]).filter(
        ({ name }) => name === 'item.undo',
      ).length,
  );
const detail = (page: Page) => page.getByRole('region', { name: 'Review detail' });
const queue = (page: Page) => page.getByRole('grid', { name: 'Review queue' });

test('the queue is a grid with one named row per item, and arrows move in it', async () => {
  await withStory('queue-rows', async (page) => {
    const rows = queue(page).getByRole('row');
    await expect(rows).toHaveCount(6);
    await expect(queue(page)).toHaveAttribute('aria-rowcount', '6');
    await expect(
      page.getByRole('row', {
        name: /^High risk, Refund for order 1182, ticket 4821, Acme Desk, .*, 3 of 6$/,
      }),
    ).toBeVisible();
    await rows.first().focus();
    await page.keyboard.press('j');
    await expect(rows.nth(1)).toBeFocused();
    await page.keyboard.press('End');
    await expect(rows.nth(5)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(detail(page).getByRole('heading', { level: 2 })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(rows.nth(5)).toBeFocused();
  });
});

test('twenty letters typed while focus arrives by itself decide nothing', async () => {
  await withStory('detail-low', async (page) => {
    await page.waitForTimeout(400);
    await page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
    for (let i = 0; i < 20; i += 1) await page.keyboard.press('a', { delay: 20 });
    expect(await decisions(page)).toEqual([]);
    await expect(detail(page).getByText('Press A again to approve.')).toBeVisible();
    await page.waitForTimeout(900);
    await page.keyboard.press('a');
    await expect.poll(() => decisions(page)).toEqual(['approve']);
  });
});

test('a key held for three seconds decides one item', async () => {
  await withStory('detail-low', async (page) => {
    await detail(page).getByRole('heading', { level: 2 }).click();
    await page.waitForTimeout(400);
    // Every press after the first is a repeat until the key comes up.
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.down('a');
      await page.waitForTimeout(50);
    }
    await page.keyboard.up('a');
    expect(await decisions(page)).toEqual(['approve']);
  });
});

test('a burst of Tab and Enter after focus arrived decides nothing', async () => {
  await withStory('detail-low', async (page) => {
    await page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
    for (let i = 0; i < 30; i += 1) {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    }
    expect(await decisions(page)).toEqual([]);
  });
});

test('Backspace and Delete are no verbs, and letters in a field are text', async () => {
  await withStory('detail-low', async (page) => {
    await detail(page).getByRole('heading', { level: 2 }).click();
    await page.waitForTimeout(400);
    for (const key of ['Backspace', 'Delete']) await page.keyboard.press(key);
    await page.keyboard.press('x');
    await page.getByRole('textbox', { name: 'Note' }).pressSequentially('area');
    await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue(/area$/);
    expect(await decisions(page)).toEqual([]);
  });
});

test('one press approves a routine item; the next one opens with its heading in focus', async () => {
  await withStory('queue-rows', async (page) => {
    await page.getByRole('row', { name: /Where is my parcel/ }).click();
    await expect(detail(page).getByRole('heading', { level: 2 })).toBeFocused();
    await page.waitForTimeout(400);
    await page.keyboard.press('a');
    await expect(detail(page).getByRole('heading', { level: 2 })).toHaveText(/newsletters/);
    await expect(detail(page).getByRole('heading', { level: 2 })).toBeFocused();
    await expect(page.getByRole('region', { name: 'Last decision' })).toHaveText(/not sent yet/);
    await page.keyboard.press('z');
    await expect(page.getByRole('region', { name: 'Last decision' })).toHaveText(
      /back in the queue. Nothing was sent/,
    );
    await page.keyboard.press('Escape');
    await expect(page.getByRole('row', { name: /Where is my parcel/ })).toBeVisible();
  });
});

test('a refused verb stays focusable and says rule, owner and what to do', async () => {
  await withStory('detail-high', async (page) => {
    const approve = page
      .getByRole('toolbar', { name: 'Decide' })
      .getByRole('button', { name: 'Approve' });
    await expect(approve).toHaveAccessibleDescription(
      /Settle statement 4 first.*Rule fact-contradicted, set by Countersign defaults/,
    );
    await approve.focus();
    await expect(approve).toBeFocused();
    await approve.click({ force: true });
    expect(await decisions(page)).toEqual([]);
  });
});

test('a high-risk item is approved once its flag is settled and its end was seen', async () => {
  await withStory('detail-high', async (page) => {
    await detail(page).getByRole('button', { name: 'Statement 4, Contradicted' }).click();
    await expect(
      detail(page).getByText(/€120.00 differs from the sources. Nearest: €102.00/),
    ).toBeVisible();
    await detail(page).getByRole('button', { name: "It's fine, because" }).click();
    await page.getByRole('menuitem', { name: 'I checked it elsewhere' }).click();
    const approve = page
      .getByRole('toolbar', { name: 'Decide' })
      .getByRole('button', { name: 'Approve' });
    await expect(approve).not.toHaveAttribute('aria-disabled', 'true');
    await approve.click();
    await expect.poll(() => decisions(page)).toEqual(['approve']);
  });
});

test('only Escalate works on a locked item, and its note goes along', async () => {
  await withStory('detail-locked', async (page) => {
    const toolbar = page.getByRole('toolbar', { name: 'Decide' });
    await expect(toolbar.getByRole('button', { name: 'Approve' })).toHaveAccessibleDescription(
      /Only Escalate is possible/,
    );
    await toolbar.getByRole('button', { name: 'Escalate' }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill('Legal, please.');
    await page.getByRole('button', { name: 'Escalate', exact: true }).click();
    await expect.poll(() => decisions(page)).toEqual(['escalate']);
  });
});

test('reject takes two keys: the verb and a reason', async () => {
  await withStory('detail-low', async (page) => {
    await detail(page).getByRole('heading', { level: 2 }).click();
    await page.waitForTimeout(400);
    await page.keyboard.press('r');
    await expect(page.getByRole('group', { name: 'Reason' }).getByRole('button')).toHaveCount(10);
    await page.keyboard.press('7');
    await expect.poll(() => decisions(page)).toEqual(['reject']);
    const reasons: unknown = await page.evaluate(
      () => Reflect.get(globalThis, 'bench').calls.at(-1).request.reasons,
    );
    expect(reasons).toEqual(['tone']);
  });
});

test('an edit outlives a reload at any letter, says what changed, and is approved as one', async () => {
  await withStory('detail-high', async (page) => {
    await detail(page).getByRole('button', { name: 'Edit', exact: true }).click();
    const field = page.getByRole('textbox', { name: 'Edited reply' });
    const text = (await field.inputValue()).replace('€120.00', '€102.00');
    await field.fill(`${text} `);
    await field.pressSequentially('Mia', { delay: 10 });
    await expect(page.getByText(/^Saved .* on this device$/)).toBeVisible();
    await page.reload();
    await expect(field).toHaveValue(`${text} Mia`);
    await field.fill(text);
    await expect(detail(page).getByText('1 change: +1 −1 words · 1 number')).toBeVisible();
    await page.getByRole('button', { name: 'Edit & approve' }).click();
    await expect.poll(() => decisions(page)).toEqual(['edit']);
    const kept = () => page.evaluate(() => Object.keys(localStorage));
    await expect.poll(kept).toEqual([]);
  });
});

test('an edit that leaves a flagged statement as it was is asked to settle it', async () => {
  await withStory('detail-high', async (page) => {
    await detail(page).getByRole('button', { name: 'Edit', exact: true }).click();
    const field = page.getByRole('textbox', { name: 'Edited reply' });
    await field.fill(`${await field.inputValue()}!`);
    const submit = page.getByRole('button', { name: 'Edit & approve' });
    await expect(submit).toHaveAccessibleDescription(/Settle statement 4/);
    await submit.click({ force: true });
    expect(await decisions(page)).toEqual([]);
  });
});

test('the draft is text: character for character, hidden ones by name', async () => {
  await withStory('detail-high', async (page) => {
    const shown = await page.locator('[data-draft]').textContent();
    expect(shown).toContain(
      'We refund €120.00 to your card, and you keep the case.\nYou can follow',
    );
  });
  await withStory('detail-hidden', async (page) => {
    await expect(page.getByRole('region', { name: 'Draft' })).toContainText(
      'text direction U+202E',
    );
    await expect(page.getByRole('region', { name: 'Draft' })).toContainText('zero width U+200B');
  });
});

test('a held reply of a person is let go with one press', async () => {
  await withStory('detail-low', async (page) => {
    await detail(page).getByRole('button', { name: 'This is my own text' }).click();
    await expect.poll(() => decisions(page)).toEqual(['item.release-human']);
  });
});

test('changed after approval: said as an alert, shown, and a new approval is asked for', async () => {
  await withStory('detail-changed', async (page) => {
    const alert = detail(page).getByRole('alert');
    await expect(alert).toContainText('Text changed after approval: 1 word');
    await page.getByRole('button', { name: 'See', exact: true }).click();
    await expect(page.locator('del')).toContainText('3');
    await expect(page.locator('ins')).toContainText('5');
  });
});

test('History filters, opens an entry with its gate line, verifies and exports', async () => {
  await withStory('history', async (page) => {
    await page.getByRole('tab', { name: 'History' }).click();
    const grid = page.getByRole('grid', { name: 'History' });
    await expect(grid.getByRole('row')).toHaveCount(5);
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('rejected');
    await expect(grid.getByRole('row')).toHaveCount(1);
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('');
    await page.getByRole('row', { name: /Edited & approved/ }).click();
    const entry = page.getByRole('region', { name: 'Entry' });
    await expect(entry.getByRole('region', { name: 'Why was this allowed?' })).toContainText(
      /differs from the sources.*fact-contradicted · policy v2 · Countersign defaults/s,
    );
    await expect(entry.locator('ins')).toContainText('102.00');
    await page.keyboard.press('Escape');
    await expect(grid.getByRole('row', { name: /Edited & approved/ })).toBeFocused();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    expect((await download).suggestedFilename()).toMatch(/^countersign-.*\.jsonl$/);
    await expect(page.getByText(/^Exported \d+ entries/)).toBeVisible();
  });
});

test('sites are called by their names, with the host beside', async () => {
  await withStory('queue-rows', async (page) => {
    const row = page.getByRole('row', { name: /Where is my parcel/ });
    await expect(row).toContainText('Acme Desk');
    await expect(row).not.toContainText('desk.example');
    await expect(row.getByTitle('desk.example')).toBeVisible();
    await expect(page.getByRole('region', { name: 'This tab' })).toContainText('Acme Desk');
    await row.click();
    await expect(detail(page).getByText('#4833 · Acme Desk · desk.example')).toBeVisible();
  });
  await withStory('history', async (page) => {
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('combobox', { name: 'Site' }).selectOption({ label: 'Acme Desk' });
    const row = page.getByRole('grid', { name: 'History' }).getByRole('row').first();
    await expect(row).toContainText(/Mia · .* · Acme Desk/);
    await row.click();
    await expect(page.getByRole('region', { name: 'Entry' })).toContainText('· Acme Desk');
  });
});

test('a draft of a page that the tab has left is none of this tab, and its seal says so', async () => {
  await withStory('queue-left', async (page) => {
    await expect(queue(page).getByRole('row')).toHaveCount(2);
    await expect(page.getByRole('region', { name: 'This tab' })).toBeHidden();
  });
  await withStory('detail-left', async (page) => {
    await expect(detail(page).getByText(/^Its page was closed or left/)).toBeVisible();
  });
  await withStory('detail-low', async (page) => {
    await expect(detail(page).getByText('Composer shows exactly this text')).toBeVisible();
  });
});

test('pages open since before they were watched are named, that of this tab first', async () => {
  await withStory('queue-reload', async (page) => {
    const needed = page.getByRole('region', { name: 'Reload needed' });
    await expect(needed.getByRole('paragraph')).toHaveText([
      'Reload needed: this tab',
      'Reload needed: mail.example',
      /Unsent text in it may be lost/,
    ]);
    await needed.getByRole('button', { name: 'Reload mail.example' }).click();
    const last: unknown = await page.evaluate(() => Reflect.get(globalThis, 'bench').calls.at(-1));
    expect(last).toEqual({ name: 'reload-tab', request: { tabId: 9 } });
  });
});

test('letters typed while focus arrives take no decision back; Z does once it is meant', async () => {
  await withStory('queue-rows', async (page) => {
    await page.getByRole('row', { name: /newsletters/ }).click();
    await detail(page).getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Defer' }).click();
    await page.getByRole('button', { name: 'Defer for 1 hour' }).click();
    const bar = page.getByRole('region', { name: 'Last decision' });
    await expect(bar).toContainText('deferred');
    // Back in the queue: beside an item F would open its editor, where letters are text.
    await page.keyboard.press('Escape');
    await expect(detail(page)).toBeHidden();
    // Long enough after the click that the focus below is not the click's.
    await page.waitForTimeout(1_100);
    await page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
    for (const letter of 'zyxwvutsrqponmlkjihgfedcbaz')
      await page.keyboard.press(letter, { delay: 10 });
    await expect(bar).toContainText('Press Z again to undo.');
    expect(await decisions(page)).toEqual(['defer']);
    expect(await undone(page)).toBe(0);
    await page.waitForTimeout(900);
    // Held down: one press.
    for (let i = 0; i < 20; i += 1) await page.keyboard.down('z');
    await page.keyboard.up('z');
    await expect(bar).toContainText('is back in the queue');
    expect(await undone(page)).toBe(1);
  });
});

test('the undo bar names the subject', async () => {
  await withStory('queue-rows', async (page) => {
    await page.getByRole('row', { name: /newsletters/ }).click();
    await detail(page).getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Defer' }).click();
    await page.getByRole('button', { name: 'Defer for 1 hour' }).click();
    await expect(page.getByRole('region', { name: 'Last decision' })).toHaveText(
      /“How do I stop the newsletters that keep arriving…” deferred/,
    );
  });
});

test('a row of History says whether it is held here, synced or witnessed', async () => {
  await withStory('history-witnessed', async (page) => {
    await page.getByRole('tab', { name: 'History' }).click();
    const row = (name: RegExp) => page.getByRole('row', { name });
    await expect(row(/Rejected, .*, saved here, not synced, not witnessed$/)).toContainText('here');
    await expect(row(/Deferred, .*, saved here, synced, not witnessed$/)).toContainText('synced');
    await expect(row(/Approved, .*, saved here, synced, witnessed$/)).toContainText('witnessed');
  });
});

test('Verify reads everything, then what is new since; a break in what is new is found', async () => {
  await withStory('history', async (page) => {
    await page.getByRole('tab', { name: 'History' }).click();
    const region = page.getByRole('region', { name: 'Trail check' });
    const since = page.getByRole('button', { name: 'Since last check' });
    await expect(since).toBeHidden();
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(region).toHaveText(/^Verified (\d+) of \1 entries on this device, 0 witnessed/);
    await since.click();
    await expect(region).toHaveText(/^Verified: no new entries since .*Verify reads everything/s);
    const made = page.waitForEvent('download');
    await expect(page.getByRole('button', { name: 'Export' })).toHaveAccessibleDescription(
      /^Export holds no texts/,
    );
    await page.getByRole('button', { name: 'Export' }).click();
    await made;
    await page.evaluate(() => Reflect.get(globalThis, 'append')());
    await since.click();
    await expect(region).toHaveText(/^Verified 1 of 1 new entry since .*, 0 witnessed/);
    const seq: unknown = await page.evaluate(() => Reflect.get(globalThis, 'append')());
    await page.evaluate((at) => Reflect.get(globalThis, 'tamper')(at), seq);
    await since.click();
    await expect(region).toHaveText(/^Broken at 1 entry/);
  });
});

test('a wrong settings file: key, what is wrong, what is allowed; no code', async () => {
  await withStory('options', async (page) => {
    const give = (settings: unknown) =>
      page.getByLabel('Import settings').setInputFiles({
        name: 'settings.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(settings)),
      });
    await give({
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

test('a call that fails is no success, and only what was applied is counted', async () => {
  await withStory('options', async (page) => {
    const give = (settings: unknown) =>
      page.getByLabel('Import settings').setInputFiles({
        name: 'settings.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(settings)),
      });
    await give({ theme: 'dark', mode: 'never', consentAt: 7 });
    await expect(page.getByText('1 setting applied.')).toBeVisible();
    await page.evaluate(() => {
      Reflect.get(globalThis, 'bench').answers.callFails = true;
    });
    await give({ theme: 'light', mode: 'never' });
    await expect(page.getByText(/^It could not be saved: /)).toBeVisible();
    await expect(page.getByText(/settings? applied/)).toHaveCount(0);
    await expect(page.getByRole('alert').getByRole('listitem')).toHaveText(/^mode: "never"/);
  });
});

test('a site of the list is allowed as it is added: words and consent before Chrome is asked', async () => {
  await withStory('options', async (page) => {
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    const words = page.getByRole('group', { name: /https:\/\/\*\.mail\.example/ });
    await expect(words).toContainText('What it reads');
    await expect(words).toContainText('collector.example');
    const ask = words.getByRole('button', { name: /^Allow on/ });
    await expect(ask).toHaveAccessibleDescription('Chrome is asked once you agree.');
    await ask.click({ force: true });
    const registers = () =>
      page.evaluate(
        () =>
          (Reflect.get(globalThis, 'bench').calls as { name: string }[]).filter(
            ({ name }) => name === 'site.register',
          ).length,
      );
    expect(await registers()).toBe(0);
    await words.getByRole('checkbox').check();
    await ask.click();
    await expect(words).toBeHidden();
    expect(await registers()).toBe(1);
  });
});

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
    await options.getByLabel('Import settings').setInputFiles({
      name: 'settings.json',
      mimeType: 'application/json',
      buffer: Buffer.from(
        JSON.stringify({
          customSites: [
            labChat(lab.chat),
            labDesk(lab.desk),
            { use: 'nothing', origins: [lab.desk] },
          ],
        }),
      ),
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
