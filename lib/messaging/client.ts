import { browser } from '../platform/browser.ts';
import { toPage, toWorker } from './contracts.ts';
import type { PageCall, ReplyOf, RequestOf, ToPage, ToWorker, WorkerCall } from './contracts.ts';
import { exchange, type CallOptions } from './exchange.ts';

/** A frame that page calls go to; `documentId` makes a call to a replaced document fail. */
export interface PageTarget {
  tabId: number;
  frameId: number;
  documentId: string | null;
}

/**
 * Calls the service worker from a page of ours. Waking it is part of the call.
 * @throws MessagingError
 */
export async function callWorker<N extends WorkerCall>(
  name: N,
  request: RequestOf<ToWorker[N]>,
  options: CallOptions = {},
): Promise<ReplyOf<ToWorker[N]>> {
  const reply = await exchange(
    () => browser.runtime.sendMessage({ countersign: 1, name, request }),
    toWorker[name].reply,
    options,
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
  options: CallOptions = {},
): Promise<ReplyOf<ToPage[N]>> {
  const where =
    target.documentId === null ? { frameId: target.frameId } : { documentId: target.documentId };
  const reply = await exchange(
    () => browser.tabs.sendMessage(target.tabId, { countersign: 1, name, request }, where),
    toPage[name].reply,
    options,
  );
  return reply as ReplyOf<ToPage[N]>;
}
