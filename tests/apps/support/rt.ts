import type { Locator, Page } from '@playwright/test';
import type { RequestTracker } from '../../../scripts/apps/request-tracker/start.ts';
import type { RtTransaction } from '../../../scripts/apps/request-tracker/rest.ts';

/** Request Tracker's pages as a person uses them; selectors as seen in 5.0.3 (docs/apps.md). */

/** Logs in; the session holds for all pages of the browser context. */
export const logIn = async (page: Page, rt: RequestTracker): Promise<void> => {
  await page.goto(`${rt.url}/`);
  await page.locator('input[name="user"]').fill(rt.user);
  await page.locator('input[name="pass"]').fill(rt.password);
  await page.locator('form#login input[type="submit"]').click();
  // The form answers on the same address: only its absence says that the log-in was taken.
  await page.locator('form#login').waitFor({ state: 'detached' });
  await page.waitForLoadState();
};

/** The ticket's own page, with its history loaded. */
export const openTicket = async (page: Page, rt: RequestTracker, id: number): Promise<void> => {
  await page.goto(`${rt.url}/Ticket/Display.html?id=${id}`);
  await page.locator('.transaction .message-stanza').first().waitFor();
};

/** How a reply is opened. */
export interface ReplyOptions {
  readonly kind?: 'reply' | 'note';
  /** Id of the transaction to quote, as the Reply link of a message in the history does. */
  readonly quote?: number;
}

/** The reply (or comment) form with its rich-text editor ready; returns the editor's body. */
export const openReply = async (
  page: Page,
  rt: RequestTracker,
  id: number,
  { kind = 'reply', quote }: ReplyOptions = {},
): Promise<Locator> => {
  const action = kind === 'reply' ? 'Respond' : 'Comment';
  const quoted = quote === undefined ? '' : `&QuoteTransaction=${quote}`;
  // The recipients come with RT's own preview of what it would send.
  const previewed = page.waitForResponse((response) =>
    response.url().endsWith('/Helpers/PreviewScrips'),
  );
  // RT takes these parameters without its own Referer; any other one meets its CSRF page.
  await page.goto(`${rt.url}/Ticket/Update.html?Action=${action}&id=${id}${quoted}`);
  await editor(page).waitFor();
  await previewed;
  return editor(page);
};

/** The editable body in the editor's about:blank frame. */
export const editor = (page: Page): Locator =>
  page.frameLocator('iframe.cke_wysiwyg_frame').locator('body[contenteditable="true"]');

/** Puts the caret where a person writes: the blank paragraph below a quote, above a signature. */
export const focusBlank = async (page: Page): Promise<void> => {
  const paragraph = editor(page).locator(':scope > p').first();
  // With neither signature nor quote the editor is empty until it has the focus.
  await ((await paragraph.count()) > 0 ? paragraph : editor(page)).click();
};

/** Types a reply above the signature, below a quote. */
export const typeReply = async (page: Page, text: string): Promise<void> => {
  await focusBlank(page);
  await page.keyboard.type(text);
};

/** Pastes what is on the clipboard above the signature, with the keys of a person. */
export const pasteReply = async (page: Page): Promise<void> => {
  await focusBlank(page);
  await page.keyboard.press('ControlOrMeta+V');
};

/** Says whether the same form leaves as a reply to the customer or as an internal note. */
export const chooseKind = async (page: Page, kind: 'reply' | 'note'): Promise<void> => {
  // The select is covered by a styled menu.
  await page
    .locator('select[name="UpdateType"]')
    .selectOption(kind === 'reply' ? 'response' : 'private', { force: true });
};

/** RT's own Send. */
export const sendButton = (page: Page): Locator => page.locator('input[name="SubmitTicket"]');

/** Presses RT's own Send and waits until RT shows the ticket again. */
export const send = async (page: Page): Promise<void> => {
  await sendButton(page).click();
  await page.waitForURL(/\/Ticket\/Display\.html/);
  await page.locator('.transaction .message-stanza').first().waitFor();
};

/** The replies and notes that RT stored on a ticket, oldest first, read by RT's own API. */
export const stored = async (rt: RequestTracker, id: number): Promise<readonly RtTransaction[]> =>
  (await rt.transactions(id)).filter(({ type }) => type === 'Correspond' || type === 'Comment');
