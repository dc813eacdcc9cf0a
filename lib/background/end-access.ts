import { readInForce, writeSettings } from '../settings/store.ts';
import { configChanged } from './config-event.ts';
import { putInForce } from './put-in-force.ts';
import { inSettingsTurn } from './settings-turn.ts';
import type { SignInUse } from './sign-in-use.ts';
import { ownEnv, type Worker } from './worker.ts';

/**
 * The collector ended this device's access: the sign-in and the token of this browser go. Held drafts stay
 * held, and entries that were not sent stay here. A token that Chrome holds is the organization's to remove.
 */
export async function endAccess(worker: Worker, signIn: Pick<SignInUse, 'end'>): Promise<void> {
  await signIn.end('collector');
  await inSettingsTurn(async () => {
    const { settings, sources } = await readInForce();
    if (settings.syncToken === '' || sources.syncToken === 'managed') return;
    const after = { syncToken: '' };
    await worker.store.commit(ownEnv(worker), (tx) =>
      tx.append(configChanged('syncToken', settings, after, 'collector')),
    );
    await writeSettings(after);
    await putInForce(worker);
  });
}
