import * as z from 'zod/mini';
import { browser } from '../platform/browser.ts';

/**
 * Pages that were open before Countersign watched them: what they fetched until then was not seen. The
 * worker notes them, our pages read them; kept in `storage.session`, since they end with the browser.
 */
const KEY = 'unseenPages';

/** More tabs than these are not told of; the oldest give way. */
const MOST = 50;

const unseenPages = z.array(
  z.object({ tabId: z.number(), documentId: z.string(), origin: z.string() }),
);

/** One such page; it may have been closed or loaded again since. */
export type UnseenPage = z.infer<typeof unseenPages>[number];

const pagesOf = (value: unknown): UnseenPage[] => {
  const parsed = unseenPages.safeParse(value);
  return parsed.success ? parsed.data : [];
};

const read = async () => pagesOf((await browser.storage.session.get(KEY))[KEY]);

/** Notes a page. Calls must not overlap. */
export async function noteUnseenPage(page: UnseenPage): Promise<void> {
  const others = (await read()).filter(({ tabId }) => tabId !== page.tabId);
  await browser.storage.session.set({ [KEY]: [...others, page].slice(-MOST) });
}

/** Tells the pages noted so far, and again with each new one; returns how to stop. */
export function watchUnseenPages(onPages: (pages: readonly UnseenPage[]) => void): () => void {
  const changed = (changes: Record<string, { newValue?: unknown }>) => {
    if (Object.hasOwn(changes, KEY)) onPages(pagesOf(changes[KEY]?.newValue));
  };
  browser.storage.session.onChanged.addListener(changed);
  void read().then(onPages);
  return () => browser.storage.session.onChanged.removeListener(changed);
}
