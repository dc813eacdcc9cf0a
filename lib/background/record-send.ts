import { boundHash } from '../domain/bound.ts';
import type { EventType } from '../domain/event.ts';
import type { RequestOf, ToWorker } from '../messaging/contracts.ts';
import type { CallSender } from '../messaging/serve.ts';
import { fingerprint } from '../provenance/fingerprint.ts';
import type { TrailTx } from '../store/trail-tx.ts';
import { findUnjudged, unjudgedItem } from './unjudged-item.ts';
import type { Worker } from './worker.ts';
import { ownEnv } from './worker.ts';

type Seen = RequestOf<ToWorker['send.seen']>;

function eventOf(seen: Seen, approved: boolean): EventType | null {
  if (seen.action === 'hold') return 'send.held';
  if (seen.action === 'warn') return 'send.warned';
  return approved ? null : 'send.unreviewed';
}

/**
 * Records what the gate did with a press of Send. What passes unapproved is said to be unreviewed, also
 * when it left before anything was known of it; a reply that was judged to belong to no item is a
 * person's own and leaves only hashed word pairs behind.
 */
export async function recordSend(worker: Worker, seen: Seen, sender: CallSender): Promise<void> {
  if (seen.itemId !== null) {
    await recordOf(worker, seen, sender, () => Promise.resolve(seen.itemId));
    return;
  }
  if (seen.action === 'pass') await rememberOwn(worker, seen.bound.text);
  if (seen.action !== 'pass-unguarded') return;
  const unjudged = await findUnjudged(worker, seen, sender);
  if (unjudged !== null)
    await recordOf(worker, seen, sender, (tx) => unjudgedItem(worker, tx, unjudged));
}

async function recordOf(
  worker: Worker,
  seen: Seen,
  sender: CallSender,
  itemIn: (tx: TrailTx) => Promise<string | null>,
): Promise<void> {
  await worker.store.commit(ownEnv(worker), async (tx) => {
    const itemId = await itemIn(tx);
    const item = itemId === null ? undefined : await tx.items.get(itemId);
    // A page may only speak of its own items.
    if (itemId === null || item === undefined || item.origin !== sender.origin) return;
    if (item.lastSend === seen.sendId) return;
    const hash = boundHash(seen.bound);
    const approved =
      (item.state === 'approved' || item.state === 'delivered') &&
      item.decision?.releasedHash === hash;
    // Reports may overtake one another: what was read back already says more than that it left.
    const readBack = item.sent !== null && boundHash(item.sent.bound) === hash;
    const type = eventOf(seen, approved);
    const passed = seen.action === 'pass' || seen.action === 'pass-unguarded';
    const at = worker.now();
    const told = { ...item, lastSend: seen.sendId, updatedAt: at };
    if (!passed || readBack) await tx.items.put(told);
    else {
      const sent = { at, bound: seen.bound, readBack: 'none' as const };
      const state = approved ? item.state : 'delivered';
      const delivery = approved ? item.delivery : 'unseen';
      await tx.items.put({ ...told, sent, state, delivery });
    }
    if (type === null) return;
    await tx.append({
      type,
      itemId,
      traceId: item.traceId,
      causationId: '',
      data: { via: seen.via, version: item.version, status: item.state, tier: item.tier },
    });
  });
  worker.committed();
}

/** What people send by themselves twice is a phrase of theirs, no evidence of AI text. */
async function rememberOwn(worker: Worker, text: string): Promise<void> {
  const grams = fingerprint(text);
  if (grams.length === 0) return;
  const phrases = await worker.store.commit(ownEnv(worker), (tx) => tx.grams.sent(grams));
  await worker.pool.addOwn(phrases);
}
