import { browser } from '../platform/browser.ts';
import { toPage, toWorker } from './contracts.ts';
import type { PageCall, ReplyOf, RequestOf, ToPage, ToWorker, WorkerCall } from './contracts.ts';
import { replyEnvelope } from './envelope.ts';
import { MessagingError, transportCode } from './errors.ts';

/** How long a call waits before it rejects with `timeout`, in milliseconds. */
export const DEFAULT_DEADLINE_MS = 5_000;

/** A frame that page calls go to; `documentId` makes a call to a replaced document fail. */
export interface PageTarget {
  tabId: number;
  frameId: number;
  documentId: string | null;
}

function withDeadline<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new MessagingError('timeout', `no reply within ${deadlineMs} ms`)),
      deadlineMs,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

async function exchange(
  send: () => Promise<unknown>,
  reply: ReplySchema,
  deadlineMs: number,
): Promise<unknown> {
  const answer = await withDeadline(
    Promise.resolve()
      .then(send)
      .catch((error: unknown) => {
        throw new MessagingError(transportCode(error), String(error));
      }),
    deadlineMs,
  );
  const envelope = replyEnvelope.safeParse(answer);
  if (!envelope.success) throw new MessagingError('bad-reply', 'not an envelope');
  if (!envelope.data.ok) throw new MessagingError(envelope.data.code, envelope.data.detail);
  const parsed = reply.safeParse(envelope.data.reply);
  if (!parsed.success) throw new MessagingError('bad-reply', parsed.error.message);
  return parsed.data;
}

interface ReplySchema {
  safeParse(
    value: unknown,
  ): { success: true; data: unknown } | { success: false; error: { message: string } };
}

/**
 * Calls the service worker. Waking it is part of the call.
 * @throws MessagingError
 */
export async function callWorker<N extends WorkerCall>(
  name: N,
  request: RequestOf<ToWorker[N]>,
  options: { deadlineMs?: number } = {},
): Promise<ReplyOf<ToWorker[N]>> {
  const reply = await exchange(
    () => browser.runtime.sendMessage({ countersign: 1, name, request }),
    toWorker[name].reply,
    options.deadlineMs ?? DEFAULT_DEADLINE_MS,
  );
  return reply as ReplyOf<ToWorker[N]>;
}

/**
 * Calls the page runtime of one frame. Only the service worker may: pages refuse other senders.
 * @throws MessagingError
 */
export async function callPage<N extends PageCall>(
  target: PageTarget,
  name: N,
  request: RequestOf<ToPage[N]>,
  options: { deadlineMs?: number } = {},
): Promise<ReplyOf<ToPage[N]>> {
  const where =
    target.documentId === null ? { frameId: target.frameId } : { documentId: target.documentId };
  const reply = await exchange(
    () => browser.tabs.sendMessage(target.tabId, { countersign: 1, name, request }, where),
    toPage[name].reply,
    options.deadlineMs ?? DEFAULT_DEADLINE_MS,
  );
  return reply as ReplyOf<ToPage[N]>;
}
