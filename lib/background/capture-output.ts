import type { Output } from '../domain/output.ts';
import type { CallSender } from '../messaging/serve.ts';
import { fingerprint } from '../provenance/fingerprint.ts';
import { WORD_RULE } from '../provenance/words.ts';
import { POOL_MS } from './pool.ts';
import type { Worker } from './worker.ts';
import { ownEnv } from './worker.ts';

/**
 * Stores an output that a page says it saw, and an event that says so. An output with a known id is the
 * same output seen on another channel: only its evidence may grow. Resolves when it is on the disk.
 */
export async function captureOutput(
  worker: Worker,
  request: { output: Output; pageUrl: string },
  sender: CallSender,
): Promise<void> {
  const { output, pageUrl } = request;
  const grams = fingerprint(output.text);
  const at = worker.now();
  const result = await worker.store.commit(ownEnv(worker), async (tx) => {
    const known = await tx.outputs.get(output.id);
    if (known !== undefined) {
      await tx.outputs.put({ ...known, output: withLater(known.output, output) });
      return { isNew: false, gone: [] };
    }
    const { tabId, origin } = sender;
    const row = { id: output.id, output, at, tabId, origin, pageUrl };
    await tx.outputs.put({ ...row, fingerprint: grams, wordRule: WORD_RULE });
    await tx.append({
      type: 'output.observed',
      itemId: '',
      traceId: '',
      causationId: '',
      data: {
        outputId: output.id,
        origin,
        protocol: output.protocol,
        model: output.model,
        finish: output.finish,
        evidence: output.evidence,
        length: output.text.length,
        truncated: output.truncated,
        usage: output.usage,
        firstByteMs: whole(output.latency.firstByteMs),
        totalMs: whole(output.latency.totalMs),
        tokens: output.tokens?.length ?? null,
        citations: output.citations.length,
      },
    });
    return { isNew: true, gone: await tx.outputs.prune(at - POOL_MS) };
  });
  if (!result.isNew) return;
  // The words of an error are no answer of a model.
  if (output.finish !== 'error') await worker.pool.add(output.id, grams, at);
  await worker.pool.forget(result.gone);
  worker.committed();
}

/**
 * An output as it is known after another report of it. What was captured is immutable, so that a hostile
 * page cannot rewrite it; evidence may grow, and what nobody said yet may be filled in.
 */
function withLater(known: Output, later: Output): Output {
  return {
    ...known,
    evidence: [...new Set([...known.evidence, ...later.evidence])],
    model: known.model ?? later.model,
    citations: known.citations.length > 0 ? known.citations : later.citations,
    declaredConfidence: known.declaredConfidence ?? later.declaredConfidence,
  };
}

/** Events carry whole milliseconds. */
function whole(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
