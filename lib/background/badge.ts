import { browser } from '../platform/browser.ts';
import type { Worker } from './worker.ts';

/** Shows on the icon how many items wait for a person: nothing, the number, or `99+`. */
export async function showBadge(worker: Worker): Promise<void> {
  const { waiting } = await worker.store.counts(worker.now());
  const text = waiting === 0 ? '' : waiting > 99 ? '99+' : String(waiting);
  await browser.action.setBadgeText({ text });
}
