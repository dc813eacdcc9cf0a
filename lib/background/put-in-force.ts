import { browser } from '../platform/browser.ts';
import { readSettings } from '../settings/store.ts';
import { registerSites } from './register-sites.ts';
import type { Worker } from './worker.ts';

/**
 * Lets Chrome and the open pages know that other settings hold now. Gives why Chrome did not take the
 * sites, in its words; null when it did.
 */
export async function putInForce(worker: Worker): Promise<string | null> {
  const why = await notRegistered(worker);
  await tellPages();
  worker.committed();
  return why;
}

async function notRegistered(worker: Worker): Promise<string | null> {
  try {
    await registerSites(readSettings);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    await worker.store.addProblem({
      at: worker.now(),
      code: 'sites-failed',
      detail: error.message.slice(0, 500),
    });
    return error.message.slice(0, 200);
  }
}

/** Pages ask again for their site and mode; those without a runtime have nothing to hear. */
async function tellPages(): Promise<void> {
  for (const tab of await browser.tabs.query({})) {
    if (tab.id === undefined) continue;
    try {
      await browser.tabs.sendMessage(tab.id, {
        countersign: 1,
        name: 'settings.changed',
        request: {},
      });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
}
