import { browser } from '../platform/browser.ts';
import { readInForce } from '../settings/store.ts';
import type { Erased } from '../store/content-erase.ts';
import type { Decider } from '../domain/transitions.ts';
import type { Worker } from './worker.ts';
import { decider, envAs } from './worker.ts';

const DAY_MS = 86_400_000;
/** How often it is looked for old texts, in minutes; at each start of the worker too. */
const EVERY_MINUTES = 360;

/**
 * Erases texts of what ended more than `days` days ago, batch by batch, each with its entry
 * `content.erased` in the same transaction. With an endpoint only of entries that it acknowledged.
 */
export async function eraseOld(
  worker: Worker,
  {
    days,
    how,
    actor,
  }: { days: number; how: 'retention' | 'person'; actor: Pick<Decider, 'id' | 'name'> },
): Promise<Erased> {
  const before = worker.now() - days * DAY_MS;
  const sum: Erased = { items: 0, texts: 0 };
  for (;;) {
    const onlyAcked = (await worker.settings()).syncEndpoint !== '';
    const erased = await worker.store.commit(envAs(worker, actor), async (tx) => {
      const done = await tx.erase({ before, onlyAcked });
      if (done.items === 0) return done;
      await tx.append({
        type: 'content.erased',
        itemId: '',
        traceId: '',
        causationId: '',
        data: { ...done, days, how, before: new Date(before).toISOString() },
      });
      return done;
    });
    if (erased.items === 0) break;
    sum.items += erased.items;
    sum.texts += erased.texts;
  }
  if (sum.items > 0) worker.committed();
  return sum;
}

/**
 * A person asks for texts older than `days` days to be erased now. What the organization wants kept for
 * longer stays: then nothing is erased.
 */
export async function eraseAsked(
  worker: Worker,
  days: number,
): Promise<Erased & { refused: boolean }> {
  const { settings, sources } = await readInForce();
  const isOwn = sources.contentDays === 'default' || sources.contentDays === 'local';
  if (!isOwn && days < settings.contentDays) return { items: 0, texts: 0, refused: true };
  const actor = await decider(worker);
  return { ...(await eraseOld(worker, { days, how: 'person', actor })), refused: false };
}

/** Retention on this device: the alarm that wakes it, and the work. */
export function createRetention(worker: Worker): { alarm: string; now(): Promise<void> } {
  const alarm = 'retention';
  return {
    alarm,
    async now() {
      // Chrome may forget alarms at a restart.
      if ((await browser.alarms.get(alarm)) === undefined)
        await browser.alarms.create(alarm, { periodInMinutes: EVERY_MINUTES });
      const { contentDays: days } = await worker.settings();
      await eraseOld(worker, { days, how: 'retention', actor: { id: '', name: '' } });
    },
  };
}
