import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { giveSettings } from './support/settings-file.ts';
import { detail, test } from './support/stories.ts';

/** Where the pictures go, for people to look at; not kept in the repository. */
const PICTURES = join(import.meta.dirname, '..', '..', '.cache', 'pictures');

/** `SCREENS=all`: every screen in both themes, and the odd sizes (`npm run test:long`). */
const ALL = process.env['SCREENS'] === 'all';

/** Screens that are looked at in the dark each time. */
const MAIN: readonly string[] = ['queue-rows', 'detail-high', 'history', 'options', 'people-admin'];

/** One picture: a story and what is done in it first. */
interface Screen {
  name: string;
  story: string;
  act?: (page: Page) => Promise<void>;
  width?: number;
}

const press = (name: string) => async (page: Page) => {
  await detail(page).getByRole('button', { name, exact: true }).click();
};
const historyTab = async (page: Page) => {
  await page.getByRole('tab', { name: 'History' }).click();
};

const teamTab = async (page: Page) => {
  await historyTab(page);
  await page.getByRole('button', { name: 'Team', exact: true }).click();
};

/** A settings file in which several values are wrong. */
const importWrong = (page: Page) =>
  giveSettings(page, {
    mode: 'sometimes',
    sites: ['desk.example', 'not a site'],
    modee: 'observe',
  });

const own = (page: Page) => page.getByRole('group', { name: 'Your sign-in' });

/** A token is made for somebody, and a change is refused. */
async function showTokens(page: Page): Promise<void> {
  const row = own(page).getByRole('listitem').filter({ hasText: 'Bartholom' }).first();
  await row.getByRole('button', { name: /^Tokens of/ }).click();
  await row.getByLabel('For which device').fill('desk by the window');
  await row.getByRole('button', { name: 'Make token' }).click();
  await row.getByText('Copy it now').waitFor();
  await own(page).getByRole('combobox', { name: 'Role of Ada Lind' }).selectOption('lead');
  await own(page).getByRole('alert').scrollIntoViewIfNeeded();
}

const SCREENS: readonly Screen[] = [
  { name: 'queue-first-use', story: 'queue-first-use' },
  { name: 'queue-clear', story: 'queue-clear' },
  { name: 'queue-rows', story: 'queue-rows' },
  { name: 'queue-loading', story: 'queue-loading' },
  { name: 'queue-trouble', story: 'queue-trouble' },
  { name: 'queue-answer', story: 'queue-answer' },
  { name: 'queue-not-synced', story: 'queue-not-synced' },
  { name: 'queue-reload', story: 'queue-reload' },
  { name: 'detail-high', story: 'detail-high' },
  {
    name: 'detail-statement',
    story: 'detail-high',
    act: async (page) => {
      await detail(page)
        .getByRole('button', { name: /Statement \d, contradicted/i })
        .first()
        .click();
      await detail(page)
        .getByRole('group', { name: /Statement/ })
        .scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'detail-sources',
    story: 'detail-high',
    act: (page) => detail(page).getByText('Not from an AI?').scrollIntoViewIfNeeded(),
  },
  { name: 'detail-locked', story: 'detail-locked' },
  { name: 'detail-low', story: 'detail-low' },
  { name: 'detail-no-sources', story: 'detail-no-sources' },
  {
    name: 'detail-hidden',
    story: 'detail-hidden',
    act: (page) => page.locator('[data-draft]').scrollIntoViewIfNeeded(),
  },
  { name: 'detail-long', story: 'detail-long' },
  { name: 'detail-answer', story: 'detail-answer' },
  {
    name: 'detail-changed',
    story: 'detail-changed',
    act: (page) => page.getByRole('button', { name: 'See', exact: true }).click(),
  },
  { name: 'detail-failed', story: 'detail-failed' },
  { name: 'detail-reason', story: 'detail-low', act: press('Reject') },
  { name: 'detail-escalate', story: 'detail-high', act: press('Escalate') },
  { name: 'detail-defer', story: 'detail-low', act: press('More') },
  {
    name: 'detail-edit',
    story: 'detail-high',
    act: async (page) => {
      await press('Edit')(page);
      const field = page.getByRole('textbox', { name: 'Edited reply' });
      await field.fill((await field.inputValue()).replace('€120.00', '€102.00'));
      await page.getByRole('button', { name: 'Changes', exact: true }).click();
    },
  },
  {
    name: 'detail-edit-flags',
    story: 'detail-high',
    act: async (page) => {
      await press('Edit')(page);
      const field = page.getByRole('textbox', { name: 'Edited reply' });
      await field.fill(`${await field.inputValue()}\nOur lawyer says EUR 77.50.`);
      const flags = page.getByRole('group', { name: 'Flagged in your text' });
      await flags.getByText('EUR 77.50 is not in the sources.').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'detail-undo',
    story: 'queue-rows',
    act: async (page) => {
      await page.getByRole('row', { name: /Where is my parcel/ }).click();
      await press('Approve')(page);
      await page.getByRole('region', { name: 'Last decision' }).waitFor();
    },
  },
  { name: 'detail-wide', story: 'detail-high', width: 1000 },
  { name: 'history-first-use', story: 'history-first-use', act: historyTab },
  { name: 'history', story: 'history', act: historyTab },
  { name: 'history-witnessed', story: 'history-witnessed', act: historyTab },
  { name: 'history-loading', story: 'history-loading', act: historyTab },
  { name: 'history-trouble', story: 'history-trouble', act: historyTab },
  {
    name: 'history-verified',
    story: 'history',
    act: async (page) => {
      await historyTab(page);
      await page.getByRole('button', { name: 'Verify' }).click();
      await expect(page.getByRole('region', { name: 'Trail check' })).toHaveText(/^Verified/);
    },
  },
  {
    name: 'history-broken',
    story: 'history',
    act: async (page) => {
      await page.evaluate(() => Reflect.get(globalThis, 'tamper')(4));
      await historyTab(page);
      await page.getByRole('button', { name: 'Verify' }).click();
      await expect(page.getByRole('region', { name: 'Trail check' })).toHaveText(/^Broken/);
    },
  },
  {
    name: 'history-entry',
    story: 'history',
    act: async (page) => {
      await historyTab(page);
      await page.getByRole('row', { name: /Edited & approved/ }).click();
      await page.getByRole('region', { name: 'Entry' }).waitFor();
    },
  },
  {
    name: 'keys',
    story: 'queue-rows',
    act: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'options-first-use', story: 'options-first-use', width: 360 },
  { name: 'options', story: 'options', width: 1000 },
  { name: 'options-managed', story: 'options-managed', width: 1000 },
  { name: 'queue-managed', story: 'queue-managed' },
  {
    name: 'options-privacy',
    story: 'options-privacy',
    width: 1000,
    act: async (page) => {
      await page.getByText('See what is sent: Texts').click();
      await page.getByText('Taken out: card: 1, email: 1.').last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'options-erase',
    story: 'options-privacy',
    width: 360,
    act: async (page) => {
      await page.getByText('See what is sent: Edits and notes').click();
      await page.getByRole('button', { name: 'Erase content older than…' }).click();
      await page.getByRole('button', { name: 'Keep' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'options-consent',
    story: 'options-first-use',
    width: 720,
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Site address' }).fill('desk.example');
      await page.getByRole('button', { name: 'Continue' }).click();
    },
  },
  {
    name: 'people-offer',
    story: 'people-offer',
    act: async (page) => {
      await own(page).getByRole('button', { name: 'Sign in with login.desk.example' }).click();
      await own(page).getByRole('alert').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'people-again',
    story: 'people-again',
    act: (page) => own(page).getByText('The sign-in has ended').scrollIntoViewIfNeeded(),
  },
  {
    name: 'people-signed-out',
    story: 'people-signed-in',
    act: async (page) => {
      await own(page).getByText('Signed in as Ada Lind · ada@desk.example · Reviewer').waitFor();
      await own(page).getByRole('button', { name: 'Sign out' }).click();
      await own(page).getByText('Signed out here').scrollIntoViewIfNeeded();
    },
  },
  ...['case-sending', 'case-held', 'case-rejected', 'case-not-taken'].map((name) => ({
    name,
    story: name,
  })),
  ...['case-lead', 'case-lead-overdue', 'case-lead-held', 'case-lead-overtaken'].map((name) => ({
    name,
    story: name,
  })),
  {
    name: 'case-hand-over',
    story: 'case-lead',
    act: async (page) => {
      await detail(page).getByRole('button', { name: 'Take it' }).click();
      await detail(page).getByRole('button', { name: 'Hand over' }).click();
      await detail(page).getByRole('combobox', { name: 'Hand over to' }).waitFor();
    },
  },
  {
    name: 'case-queue',
    story: 'case-lead-overdue',
    act: (page) => page.getByRole('button', { name: 'Queue', exact: true }).click(),
  },
  {
    name: 'case-hand-over-all',
    story: 'case-lead-mine',
    act: async (page) => {
      await page.getByRole('button', { name: 'Queue', exact: true }).click();
      await page.getByRole('button', { name: 'Hand over all' }).click();
      await page.getByRole('combobox', { name: 'Hand over to' }).waitFor();
      await page.getByRole('button', { name: 'Hand over', exact: true }).click();
      await page.getByText('0 of 1 handed over').waitFor();
    },
  },
  { name: 'team-history', story: 'team-history', act: teamTab },
  { name: 'team-history-trouble', story: 'team-history-trouble', act: teamTab },
  {
    name: 'team-entry',
    story: 'team-history',
    act: async (page) => {
      await teamTab(page);
      await page.getByRole('row', { name: /Rejected/ }).click();
      await page.getByText('Good catch').waitFor();
    },
  },
  {
    name: 'team-entry-checked',
    story: 'team-history',
    act: async (page) => {
      await teamTab(page);
      await page.getByRole('row', { name: /Rejected/ }).click();
      await page.getByRole('textbox', { name: 'Comment' }).fill('Well done.');
      await page.getByRole('button', { name: 'Add comment' }).click();
      await page.getByRole('button', { name: /^Check Mia/ }).click();
      await page.getByText(/as the collector holds them/).scrollIntoViewIfNeeded();
    },
  },
  ...['policy-held', 'policy-expired'].map((name) => ({
    name,
    story: name,
    width: 720,
    act: (page: Page) =>
      page
        .getByText(/^Version 4 of/)
        .first()
        .scrollIntoViewIfNeeded(),
  })),
  {
    name: 'people-ended',
    story: 'people-ended',
    act: (page) => own(page).scrollIntoViewIfNeeded(),
  },
  { name: 'people-admin', story: 'people-admin', act: showTokens },
  { name: 'people-admin-wide', story: 'people-admin', width: 1000, act: showTokens },
  {
    name: 'options-import',
    story: 'options',
    width: 720,
    act: async (page) => {
      await importWrong(page);
      await page.getByRole('alert').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'options-test',
    story: 'options',
    width: 720,
    act: async (page) => {
      await page.getByRole('button', { name: 'Test connection' }).click();
      await page.getByText('Test code returned').scrollIntoViewIfNeeded();
    },
  },
];

/** What the browser refused or threw while a screen was shown. */
function watchTroubles(page: Page): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  return troubles;
}

/** What stands beyond the right edge, also where an outer box would clip it. */
async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, a, input, select, textarea, h1, h2, h3, p, dd, td')]
      .filter((node) => node.closest('.truncate, .sr-only') === null)
      .filter(
        (node) => node.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
      )
      .map((node) => node.outerHTML.slice(0, 120)),
  );
}

test.beforeAll(() => {
  mkdirSync(PICTURES, { recursive: true });
});

for (const { name, story, act, width = 360 } of SCREENS) {
  const themes = ALL || MAIN.includes(name) ? (['light', 'dark'] as const) : (['light'] as const);
  test(`${name}: no finding, no overflow, nothing refused, ${themes.join(' and ')}`, async ({
    stories,
  }) => {
    const page = await stories.open(story, { width });
    const troubles = watchTroubles(page);
    try {
      await act?.(page);
      // Skeletons come after their patience; everything else is there by now.
      await page.waitForTimeout(250);
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`) });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map((each) => `${each.id}: ${each.nodes[0]?.html ?? ''}`)).toEqual([]);
      }
      expect(await overflow(page)).toEqual([]);
      expect(troubles).toEqual([]);
    } finally {
      await page.context().close();
    }
  });
}

for (const text of ALL ? [90, 200] : [200])
  test(`text at ${text} % and 320 px scrolls in one direction only`, async ({ stories }) => {
    for (const story of ['queue-rows', 'detail-high', 'history', 'options']) {
      const page = await stories.open(story, { width: 320, text });
      try {
        if (story === 'history') await historyTab(page);
        await page.waitForTimeout(250);
        await page.screenshot({ path: join(PICTURES, `${story}-${text}-percent.png`) });
        expect(await overflow(page), story).toEqual([]);
      } finally {
        await page.context().close();
      }
    }
  });

test('forced colours: axe finds nothing in queue and detail', async ({ stories }) => {
  for (const story of ['queue-rows', 'detail-high']) {
    const page = await stories.open(story, { forcedColors: true });
    try {
      await page.screenshot({ path: join(PICTURES, `${story}-forced.png`) });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((each) => `${each.id}: ${each.nodes[0]?.html ?? ''}`)).toEqual([]);
    } finally {
      await page.context().close();
    }
  }
});
