import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Expected, Ticket } from '../../demo/day/ticket.ts';

const VERDICTS = { low: 'Low risk', medium: 'Medium risk', high: 'High risk', locked: 'Locked' };
const FLAGGED = /^Statement \d+, (?:Contradicted|Unsupported)$/;
const FLAG_WORDS = /differs from the sources|is not in the sources/;

/** The regions of the side panel by the names that they promise. */
export const review = (panel: Page) => {
  const detail = panel.getByRole('region', { name: 'Review detail' });
  return {
    detail,
    draft: detail.getByRole('region', { name: 'Draft' }),
    confidence: detail.getByRole('region', { name: 'Confidence' }),
    sources: detail.getByRole('region', { name: 'Sources' }),
    decide: detail.getByRole('toolbar', { name: 'Decide' }),
    edited: detail.getByRole('textbox', { name: 'Edited reply' }),
  };
};

/** Waits until the panel shows the draft of this ticket. */
export async function opened(panel: Page, ticket: Ticket): Promise<void> {
  const heading = review(panel).detail.getByRole('heading', { level: 2 });
  await expect(heading).toHaveText(ticket.subject);
  await expect(review(panel).confidence).not.toContainText('Checking facts');
}

/** The words of every fact that is flagged, read statement by statement as a person does. */
async function flagWords(panel: Page): Promise<string[]> {
  const { detail, draft } = review(panel);
  const marks: Locator = draft.getByRole('button', { name: FLAGGED });
  const words: string[] = [];
  for (const mark of await marks.all()) {
    await mark.click();
    const card = detail.getByRole('group', { name: /^Statement \d+$/ });
    for (const line of await card.getByRole('listitem').all()) {
      const text = await line.innerText();
      if (FLAG_WORDS.test(text)) words.push(text);
    }
    await card.getByRole('button', { name: 'Close' }).click();
  }
  return words;
}

async function ruleIds(panel: Page): Promise<string[]> {
  const { confidence } = review(panel);
  const more = confidence.getByRole('button', { name: /more reasons?$/ });
  if ((await more.count()) > 0) await more.click();
  const lines = (await confidence.innerText()).matchAll(/([a-z-]+) · policy v/g);
  return [...new Set([...lines].map(([, id = '']) => id))].toSorted();
}

/** The panel shortens an address to its host and path. */
const bare = (text: string): string => text.replaceAll('https://', '');

const isShown = (words: readonly string[], { status, fact, nearest }: Expected['flags'][number]) =>
  words.some((text) =>
    bare(text).includes(
      status === 'unsupported'
        ? `${bare(fact)} is not in the sources`
        : `${bare(fact)} differs from the sources. Nearest: ${bare(nearest ?? '')}.`,
    ),
  );

/**
 * Compares what the open panel shows of a draft with what is known of it. Throws with the difference:
 * a fault that is not flagged is as false as a flag without a fault.
 */
export async function expectShown(panel: Page, { expected }: Ticket): Promise<void> {
  const { detail, sources } = review(panel);
  await expect(detail).toContainText(VERDICTS[expected.tier]);
  expect(await ruleIds(panel)).toEqual(expected.rules.toSorted());
  const words = await flagWords(panel);
  expect(words.length, `flags shown: ${words.join(' / ')}`).toBe(expected.flags.length);
  for (const flag of expected.flags)
    expect(isShown(words, flag), `${flag.fact} in: ${words.join(' / ')}`).toBe(true);
  const leaked = sources
    .getByRole('listitem')
    .filter({ hasText: "don't quote it" })
    .filter({ hasText: 'for statement' });
  expect(await leaked.count()).toBe(expected.internal ? 1 : 0);
}
