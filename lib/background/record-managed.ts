import { managedChange } from '../settings/store.ts';
import { changedKeys, configChanged } from './config-event.ts';
import { putInForce } from './put-in-force.ts';
import { inSettingsTurn } from './settings-turn.ts';
import { ownEnv, type Worker } from './worker.ts';

/**
 * Records what the organization changed since it was last recorded, also while the browser was closed: each
 * setting that differs in force is an event with before and after. Chrome put the change in force already,
 * so a trail that can't be written holds it off nowhere; it is recorded at the next start instead.
 */
export function recordManaged(worker: Worker): Promise<void> {
  return inSettingsTurn(async () => {
    const { before, now, keep } = await managedChange();
    const changed = changedKeys(before.settings, now.settings);
    try {
      if (changed.length > 0)
        await worker.store.commit(ownEnv(worker), async (tx) => {
          for (const key of changed)
            await tx.append(configChanged(key, before.settings, now.settings, 'managed'));
        });
      await keep();
    } finally {
      if (changed.length > 0) await putInForce(worker);
    }
  });
}
