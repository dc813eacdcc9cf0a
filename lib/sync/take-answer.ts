import { readEvent } from '../audit/event-read.ts';
import { MAX_PUSH_EVENTS } from '../protocol/limits.ts';
import { verifyReceipt, type CollectorKey, type Receipt } from '../protocol/receipt.ts';
import type { LogHead } from '../protocol/fields.ts';
import type { Unsynced } from '../store/sync-log.ts';
import type { SyncDeps } from './deps.ts';
import { failure } from './problems.ts';
import type { Answer } from './read-answer.ts';
import type { Next } from './sink.ts';
import { stopLog } from './stop-log.ts';
import { verifySignature } from './verify-signature.ts';

/** Carries an answer into the store. */
export async function takeAnswer(
  deps: SyncDeps,
  key: CollectorKey,
  sent: Unsynced,
  answer: Answer,
): Promise<Next> {
  switch (answer.kind) {
    case 'accepted':
      return accepted(deps, key, sent, answer.head, answer.receipt);
    case 'holds':
      return holds(deps, sent, answer.head, null);
    case 'fork': {
      const own = ownHash(sent, answer.seq);
      // A fork that our own entries do not show is none.
      if (own === null || own === answer.storedHash) return { failed: failure('bad-reply') };
      return stopLog(deps, sent, 'fork', answer.seq);
    }
    case 'invalid': {
      const before = answer.seq - sent.from;
      if (before < 0 || before >= sent.events.length) return { failed: failure('bad-reply') };
      // What stands before it is good: that goes first, alone.
      return before > 0
        ? { limit: before, step: 'setback' }
        : stopLog(deps, sent, 'envelope-invalid', answer.seq);
    }
    case 'too-large':
      return sent.events.length === 1
        ? { failed: failure('too-large') }
        : { limit: Math.floor(sent.events.length / 2), step: 'smaller' };
    case 'failed':
      break;
  }
  return { failed: answer.failure };
}

async function accepted(
  deps: SyncDeps,
  key: CollectorKey,
  sent: Unsynced,
  head: LogHead,
  receipt: Receipt,
): Promise<Next> {
  if (receipt.key !== key.id) return { failed: failure('key-changed', receipt.key) };
  const isAbout =
    receipt.logid === sent.logid && receipt.seq === head.seq && receipt.hash === head.hash;
  if (!isAbout || !(await verifyReceipt(receipt, key, verifySignature))) {
    return { failed: failure('receipt') };
  }
  return holds(deps, sent, head, receipt);
}

/** Moves the cursor to what the endpoint says it holds, up or down: it is the authority. */
async function holds(
  deps: SyncDeps,
  sent: Unsynced,
  head: LogHead | null,
  receipt: Receipt | null,
): Promise<Next> {
  const { logid } = sent;
  const at = head ?? { seq: -1, hash: '' };
  const kept = receipt === null ? null : { text: JSON.stringify(receipt), at: deps.now() };
  const result = await deps.store.ack({ logid, ...at }, kept);
  // It has an entry that we have not, or have otherwise: two logs go by one name.
  if (result !== 'ok') return stopLog(deps, sent, 'fork', at.seq);
  if (at.seq < sent.from) return { limit: MAX_PUSH_EVENTS, step: 'setback' };
  return { limit: MAX_PUSH_EVENTS, step: receipt === null ? 'onward' : 'acked' };
}

/** Our hash of an entry that was sent, or of the one before; null when it is neither. */
function ownHash({ from, events }: Unsynced, seq: number): string | null {
  const [first] = events;
  if (first === undefined) return null;
  if (seq === from - 1) {
    const read = readEvent(first.raw);
    return read.ok ? read.event.prevHash : null;
  }
  return events[seq - from]?.hash ?? null;
}
