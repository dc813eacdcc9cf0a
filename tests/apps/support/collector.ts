import { createPublicKey, verify } from 'node:crypto';
import { eventsReply, keysReply } from '../../../lib/protocol/messages.ts';
import { PATHS } from '../../../lib/protocol/paths.ts';
import { receipt, verifyReceipt, type VerifySignature } from '../../../lib/protocol/receipt.ts';
import type { CollectorProcess } from '../../collector/process.ts';

/** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410). */
const PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Node's own Ed25519: not the code that the extension verifies with. */
const byNode: VerifySignature = (publicKey, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([PREFIX, publicKey]), format: 'der', type: 'spki' }),
    signature,
  );

async function ask(collector: CollectorProcess, path: string): Promise<unknown> {
  const reply = await fetch(`${collector.url}${path}`, {
    headers: { Authorization: `Bearer ${collector.token}`, 'Countersign-Protocol': '1' },
  });
  return reply.json();
}

/** What the collector holds of one log, by its number: the exact string that it stored. */
export async function eventsAt(
  collector: CollectorProcess,
  logid: string,
): Promise<ReadonlyMap<number, string>> {
  const held = new Map<number, string>();
  let from: number | null = 0;
  while (from !== null) {
    const page = eventsReply.parse(await ask(collector, `${PATHS.events(logid)}?from=${from}`));
    for (const event of page.events) held.set(event.seq, event.raw);
    from = page.next;
  }
  return held;
}

/** Whether one of these receipts is the collector's own and stands for the log up to `seq` or later. */
export async function isReceipted(
  collector: CollectorProcess,
  receipts: readonly string[],
  logid: string,
  seq: number,
): Promise<boolean> {
  const { keys } = keysReply.parse(await ask(collector, PATHS.keys));
  for (const text of receipts) {
    const one = receipt.parse(JSON.parse(text));
    const key = keys.find(({ id }) => id === one.key);
    if (key === undefined || one.logid !== logid || one.seq < seq) continue;
    if (await verifyReceipt(one, key, byNode)) return true;
  }
  return false;
}
