import { MessagingError } from '../messaging/errors.ts';
import type { Worker } from './worker.ts';

/** Lights a quote up in the page that the item is in; a page that is gone shows nothing. */
export async function showInPage(worker: Worker, itemId: string, quote: string): Promise<void> {
  const place = (await worker.store.item(itemId))?.place ?? null;
  if (place === null) return;
  const { tabId, frameId } = place;
  try {
    await worker.callPage({ tabId, frameId, documentId: null }, 'page.highlight', { quote });
  } catch (error) {
    if (!(error instanceof MessagingError)) throw error;
  }
}
