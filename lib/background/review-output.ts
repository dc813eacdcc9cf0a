import type { ReviewItem } from '../domain/item.ts';
import { boundHash } from '../domain/bound.ts';
import { saveItem } from './save-item.ts';
import type { Worker } from './worker.ts';
import { decider, envAs } from './worker.ts';

/** Makes a review item of an answer seen in a chat. Approving it records and copies; nothing is held. */
export async function reviewOutput(worker: Worker, outputId: string): Promise<{ itemId: string }> {
  const by = await decider(worker);
  const itemId = worker.uuid();
  await worker.store.commit(envAs(worker, by), async (tx) => {
    const row = await tx.outputs.get(outputId);
    if (row === undefined) throw new Error('That answer is no longer kept');
    const { output } = row;
    const bound = {
      text: output.text,
      links: [],
      kind: 'unknown' as const,
      recipients: null,
      attachments: null,
    };
    const at = worker.now();
    const answer: ReviewItem = {
      id: itemId,
      kind: 'answer',
      siteId: 'chat',
      origin: row.origin,
      threadKey: '',
      subject: output.text.slice(0, 80),
      pageUrl: row.pageUrl,
      state: 'pending',
      tier: 'low',
      traceId: worker.traceId(),
      outputId,
      matchShare: 1,
      version: 1,
      bound,
      boundHash: boundHash(bound),
      sendKind: 'unknown',
      range: { firstBlock: 0, lastBlock: 0 },
      draft: output.text,
      place: null,
      decision: null,
      effect: 'none',
      effectDetail: '',
      delivery: 'not-sent',
      sent: null,
      ownText: false,
      lastSend: '',
      createdAt: at,
      updatedAt: at,
    };
    const item = await saveItem(worker, tx, answer, [], output);
    const text = await tx.content(itemId, 'output', 1, output.text);
    await tx.append({
      type: 'item.opened',
      itemId,
      traceId: item.traceId,
      causationId: '',
      data: { outputId, output: { ...text }, kind: 'answer', tier: item.tier },
    });
  });
  worker.committed();
  return { itemId };
}
