import { browser } from '../platform/browser.ts';
import { checkSettings } from '../settings/catalog.ts';
import { SECRET_KEYS } from '../settings/catalog.ts';
import type { SettingKey, Settings } from '../settings/catalog.ts';
import { readSettings, writeSettings } from '../settings/store.ts';
import { readCustomSites } from '../sites/custom-sites.ts';
import { registerSites } from './register-sites.ts';
import type { ReplyOf, ToWorker } from '../messaging/contracts.ts';
import type { Worker } from './worker.ts';
import { decider, envAs } from './worker.ts';

/** A site that a description names is a site to watch, so an import of one is complete in itself. */
function withDescribedSites(values: Partial<Settings>, before: Settings): Partial<Settings> {
  if (values.customSites === undefined) return values;
  const described = readCustomSites(values.customSites).sites.flatMap((s) => s.origins);
  const sites = [...new Set([...(values.sites ?? before.sites), ...described])];
  return { ...values, sites };
}

/**
 * Checks, records and applies settings: the event comes first, so no change is in force that the trail does
 * not name. Wrong values are named; the good ones apply.
 */
export async function applySettings(
  worker: Worker,
  request: { values: Record<string, unknown>; how: 'form' | 'import' },
): Promise<ReplyOf<ToWorker['settings.apply']>> {
  const { good, problems: wrong } = checkSettings(request.values);
  const problems: ReplyOf<ToWorker['settings.apply']>['problems'] = [...wrong];
  const before = await readSettings();
  const values = withDescribedSites(good, before);
  if (values.customSites !== undefined)
    for (const { code, params } of readCustomSites(values.customSites).problems)
      problems.push({ key: 'customSites', code, params });
  const changed = (Object.keys(values) as SettingKey[]).filter(
    (key) => JSON.stringify(values[key]) !== JSON.stringify(before[key]),
  );
  if (changed.length > 0) {
    const by = await decider(worker);
    await worker.store.commit(envAs(worker, by.name), async (tx) => {
      for (const key of changed) {
        const said = (value: unknown) =>
          SECRET_KEYS.includes(key) ? '(secret)' : JSON.stringify(value).slice(0, 2000);
        await tx.append({
          type: 'config.changed',
          itemId: '',
          traceId: '',
          causationId: '',
          data: { key, before: said(before[key]), after: said(values[key]), how: request.how },
        });
      }
    });
    const now = await writeSettings(values);
    await registerSites(now);
    await tellPages();
    worker.committed();
  }
  return { problems };
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
