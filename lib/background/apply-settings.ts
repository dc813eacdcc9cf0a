import { checkSettings, PERSONAL_KEYS } from '../settings/catalog.ts';
import type { Settings } from '../settings/catalog.ts';
import type { InForce } from '../settings/in-force.ts';
import { NOT_REGISTERED } from '../settings/saved-notices.ts';
import { keptToken, TOKEN_REMOVED } from '../settings/kept-token.ts';
import { readInForce, writeSettings } from '../settings/store.ts';
import { readCustomSites } from '../sites/custom-sites.ts';
import { changedKeys, configChanged } from './config-event.ts';
import { putInForce } from './put-in-force.ts';
import { refuseByRole } from './refuse-by-role.ts';
import { refuseManaged } from './refuse-managed.ts';
import { inSettingsTurn } from './settings-turn.ts';
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

/** A token is kept with the address that it was given for, also when that is the organization's. */
function tokenPlace(values: Partial<Settings>, { settings, sources }: InForce): Partial<Settings> {
  return values.syncToken !== undefined && sources.syncEndpoint === 'managed'
    ? { syncEndpoint: settings.syncEndpoint, endpointKind: settings.endpointKind }
    : {};
}

type Request = { values: Record<string, unknown>; how: 'form' | 'import' };
type Reply = ReplyOf<ToWorker['settings.apply']>;

/**
 * Checks, records and applies settings: the event comes first, so no change is in force that the trail does
 * not name. Wrong values are named, and so are those that the organization set; the rest applies.
 */
export function applySettings(worker: Worker, request: Request): Promise<Reply> {
  return inSettingsTurn(() => apply(worker, request));
}

async function apply(worker: Worker, request: Request): Promise<Reply> {
  const { good, problems: wrong } = checkSettings(request.values);
  const problems: Reply['problems'] = [...wrong];
  if (request.how === 'import') for (const key of PERSONAL_KEYS) delete good[key];
  const current = await readInForce();
  const before = current.settings;
  const { allowed, left } = refuseManaged(withDescribedSites(good, before), current);
  const byRole = await refuseByRole(allowed, current);
  const values = byRole.allowed;
  problems.push(...left, ...byRole.left);
  if (losesToken(values, before)) {
    values.syncToken = '';
    const host = URL.canParse(before.syncEndpoint) ? new URL(before.syncEndpoint).host : '';
    problems.push({ key: 'syncToken', code: TOKEN_REMOVED, params: { host } });
  }
  if (values.customSites !== undefined)
    for (const { code, params } of readCustomSites(values.customSites).problems)
      problems.push({ key: 'customSites', code, params });
  const changed = changedKeys(before, values);
  if (changed.length > 0) {
    const by = await decider(worker);
    await worker.store.commit(envAs(worker, by), async (tx) => {
      for (const key of changed) await tx.append(configChanged(key, before, values, request.how));
    });
    await writeSettings({ ...values, ...tokenPlace(values, current) });
    // Stored is in force, whatever Chrome makes of the sites.
    const why = await putInForce(worker);
    if (why !== null) problems.push({ key: 'sites', code: NOT_REGISTERED, params: { why } });
  }
  return { problems };
}
