import * as z from 'zod/mini';
import { WANTED_ITEM } from '../../lib/background/open-panel.ts';
import { browser } from '../../lib/platform/browser.ts';
import { itemOfHash, panelActions } from '../../lib/view/panel-store.ts';

const wanted = z.object({ itemId: z.nullable(z.string()), windowId: z.optional(z.number()) });

/**
 * Shows the item that a click on the pill of this window asked for, now and whenever one is asked for
 * later. An address like `#/item/ID` comes first: it is what a tab was opened for.
 */
export async function followWantedItem(): Promise<void> {
  const named = itemOfHash(location.hash);
  if (named !== null) panelActions.openItem(named);
  window.addEventListener('hashchange', () => panelActions.openItem(itemOfHash(location.hash)));
  const own = await browser.windows.getCurrent();
  const take = (value: unknown) => {
    const parsed = wanted.safeParse(value);
    if (!parsed.success || parsed.data.windowId !== own.id) return;
    if (parsed.data.itemId !== null) panelActions.openItem(parsed.data.itemId);
    void browser.storage.session.remove(WANTED_ITEM);
  };
  browser.storage.session.onChanged.addListener((changes) => take(changes[WANTED_ITEM]?.newValue));
  if (named === null) take((await browser.storage.session.get(WANTED_ITEM))[WANTED_ITEM]);
}
