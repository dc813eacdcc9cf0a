import { canonicalText } from '../domain/canonical.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { RequestOf, ToWorker } from '../messaging/contracts.ts';
import type { CallSender } from '../messaging/serve.ts';
import type { Worker } from './worker.ts';
import { ownEnv } from './worker.ts';

type Read = RequestOf<ToWorker['delivery.read']>;

/** How long after Send a thread is asked whether the reply arrived, in milliseconds. */
export const AWAIT_MS = 10 * 60_000;

/** The body was read before the thread; the thread has the last word. */
const RANK = { none: 0, 'form-body': 1, request: 1, thread: 2 } as const;

/** Records what was read back after Send: it left as approved, or it did not, or nobody saw. */
export async function recordDelivery(
  worker: Worker,
  read: Read,
  sender: CallSender,
): Promise<void> {
  await worker.store.commit(ownEnv(worker), async (tx) => {
    const item = await tx.items.get(read.itemId);
    if (item === undefined || item.origin !== sender.origin || item.sent === null) return;
    if (RANK[read.how] < RANK[item.sent.readBack]) return;
    const delivery = deliveryOf(item, read);
    if (delivery === item.delivery && item.sent.readBack === read.how) return;
    const sent = { ...item.sent, readBack: read.how };
    const at = worker.now();
    await tx.items.put({ ...item, state: 'delivered', delivery, sent, updatedAt: at });
    if (delivery === item.delivery) return;
    await tx.append({
      type: `delivery.${delivery}`,
      itemId: item.id,
      traceId: item.traceId,
      causationId: item.decision?.decisionId ?? '',
      data: { how: read.how, decisionId: item.decision?.decisionId ?? null },
    });
  });
  worker.committed();
}

function deliveryOf(item: ReviewItem, read: Read): 'match' | 'drifted' | 'unseen' {
  if (read.text === null || item.sent === null) return 'unseen';
  const sameText = canonicalText(read.text) === canonicalText(item.sent.bound.text);
  const sameKind = read.kind === null || read.kind === item.sent.bound.kind;
  return sameText && sameKind ? 'match' : 'drifted';
}

/** Replies sent from this origin whose arrival the thread has not confirmed yet. */
export async function awaitingDelivery(
  worker: Worker,
  origin: string,
): Promise<{ itemId: string; text: string }[]> {
  const items = await worker.store.sentSince(worker.now() - AWAIT_MS);
  return items
    .filter((item) => item.origin === origin && item.sent?.readBack !== 'thread')
    .slice(0, 20)
    .map((item) => ({ itemId: item.id, text: item.sent?.bound.text ?? '' }));
}
