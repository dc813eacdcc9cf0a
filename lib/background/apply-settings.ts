import { browser } from '../platform/browser.ts';
import { checkSettings, SECRET_KEYS } from '../settings/catalog.ts';
import type { SettingKey, Settings } from '../settings/catalog.ts';
import { PERSONAL_KEYS } from '../settings/file.ts';
import { NOT_REGISTERED } from '../settings/saved-notices.ts';
import { keptToken, TOKEN_REMOVED } from '../settings/kept-token.ts';
import { readSettings, writeSettings } from '../settings/store.ts';
import { readCustomSites } from '../sites/custom-sites.ts';
import { registerSites } from './register-sites.ts';
import { createSerial } from './serial.ts';
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

/** True when a change of endpoint would take the saved token to where it was not given for. */
function losesToken(values: Partial<Settings>, before: Settings): boolean {
  if (values.syncToken !== undefined || before.syncToken === '') return false;
  const { syncEndpoint, endpointKind } = { ...before, ...values };
  if (syncEndpoint === before.syncEndpoint && endpointKind === before.endpointKind) return false;
  return keptToken(before, syncEndpoint, endpointKind) === '';
}

/** A value as the trail names it: what follows `?` in an address may be a key of its own. */
function shown(value: unknown): unknown {
  if (typeof value !== 'string' || !URL.canParse(value)) return value;
  const [address = '', ...query] = value.split('?');
  return query.length === 0 ? value : `${address}?(hidden)`;
}

type Request = { values: Record<string, unknown>; how: 'form' | 'import' };
type Reply = ReplyOf<ToWorker['settings.apply']>;

const inTurn = createSerial();

/**
 * Checks, records and applies settings: the event comes first, so no change is in force that the trail does
 * not name. Wrong values are named; the good ones apply. One change at a time: each is written over what
 * it was compared with.
 */
export function applySettings(worker: Worker, request: Request): Promise<Reply> {
  return inTurn('settings', () => apply(worker, request));
}

async function apply(worker: Worker, request: Request): Promise<Reply> {
  const { good, problems: wrong } = checkSettings(request.values);
  const problems: Reply['problems'] = [...wrong];
  if (request.how === 'import') for (const key of PERSONAL_KEYS) delete good[key];
  const before = await readSettings();
  const values = withDescribedSites(good, before);
  if (losesToken(values, before)) {
    values.syncToken = '';
    const host = URL.canParse(before.syncEndpoint) ? new URL(before.syncEndpoint).host : '';
    problems.push({ key: 'syncToken', code: TOKEN_REMOVED, params: { host } });
  }
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
          SECRET_KEYS.includes(key) ? '(secret)' : JSON.stringify(shown(value)).slice(0, 2000);
        await tx.append({
          type: 'config.changed',
          itemId: '',
          traceId: '',
          causationId: '',
          data: { key, before: said(before[key]), after: said(values[key]), how: request.how },
        });
      }
    });
    await writeSettings(values);
    // Stored is in force, whatever Chrome makes of the sites.
    const why = await notRegistered(worker);
    if (why !== null) problems.push({ key: 'sites', code: NOT_REGISTERED, params: { why } });
    await tellPages();
    worker.committed();
  }
  return { problems };
}

/** Why Chrome did not take the sites, in its words; null when it did. */
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
