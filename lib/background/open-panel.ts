import { browser } from '../platform/browser.ts';
import type { CallSender } from '../messaging/serve.ts';

/** Key in `storage.session` of the item that the panel should show when it opens. */
export const WANTED_ITEM = 'wantedItem';

/**
 * Opens the side panel for a click on the pill. `open` comes first: Chrome accepts it only in the turn of
 * the person's gesture (architecture.md C3).
 */
export function openPanel(itemId: string | null, sender: CallSender): Promise<void> {
  const opened = browser.sidePanel.open({ windowId: sender.windowId });
  return Promise.all([
    opened,
    browser.storage.session.set({ [WANTED_ITEM]: { itemId, windowId: sender.windowId } }),
  ]).then(() => undefined);
}
