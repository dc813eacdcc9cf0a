import { canonicalText } from '../domain/canonical.ts';
import type { Bound } from '../domain/bound.ts';
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
    const expected = item?.sent?.bound ?? item?.decision?.released ?? null;
    if (item === undefined || item.origin !== sender.origin || expected === null) return;
    const delivery = deliveryOf(expected, read);
    // That Send was pressed went unheard; the thread that shows the reply is proof enough of it.
    if (item.sent === null && delivery !== 'match') return;
    const readBack = item.sent?.readBack ?? 'none';
    if (RANK[read.how] < RANK[readBack]) return;
    if (delivery === item.delivery && readBack === read.how) return;
    const at = worker.now();
    const sent = { at: item.sent?.at ?? at, bound: expected, readBack: read.how };
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

function deliveryOf(expected: Bound, read: Read): 'match' | 'drifted' | 'unseen' {
  if (read.text === null) return 'unseen';
  const sameText = canonicalText(read.text) === canonicalText(expected.text);
  const sameKind = read.kind === null || read.kind === expected.kind;
  return sameText && sameKind ? 'match' : 'drifted';
}

/** Replies released or sent on this origin whose arrival the thread has not confirmed yet. */
export async function awaitingDelivery(
  worker: Worker,
  origin: string,
): Promise<{ itemId: string; text: string }[]> {
  const items = await worker.store.itemsChangedSince(worker.now() - AWAIT_MS);
  return items
    .filter((item) => item.origin === origin && item.sent?.readBack !== 'thread')
    .sort((a, b) => b.updatedAt - a.updatedAt)
    .flatMap((item) => {
      const text = item.sent?.bound.text ?? item.decision?.released?.text;
      return text === undefined ? [] : [{ itemId: item.id, text }];
    })
    .slice(0, 20);
}
