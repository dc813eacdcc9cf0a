import { browser } from '../platform/browser.ts';
import type { Browser } from '../platform/browser.ts';
import { answer, ownEntry, type CallSender, type Handler, type ServeOptions } from './answer.ts';
import { toWorker } from './contracts.ts';
import type { Caller, ReplyOf, RequestOf, ToWorker, WorkerCall } from './contracts.ts';

export type { CallSender } from './answer.ts';

/** One handler per contract; the service worker must serve all of them. */
export type WorkerHandlers = {
  [N in WorkerCall]: (
    request: RequestOf<ToWorker[N]>,
    sender: CallSender,
  ) => Promise<ReplyOf<ToWorker[N]>>;
};

/**
 * Who the sender is by what the browser states. A compromised renderer can forge every byte of a
 * message, not these (trust.md §8 T1): our own pages have our origin, whether in a tab or not.
 */
export function classify(sender: Browser.runtime.MessageSender): CallSender | null {
  if (sender.id !== browser.runtime.id) return null;
  const own = new URL(browser.runtime.getURL('/')).origin;
  const origin = sender.origin ?? (sender.url === undefined ? '' : new URL(sender.url).origin);
  const caller: Caller = origin === own ? 'extension' : 'content';
  if (caller === 'content' && sender.tab?.id === undefined) return null;
  return {
    caller,
    origin,
    tabId: sender.tab?.id ?? -1,
    frameId: sender.frameId ?? 0,
    documentId: sender.documentId ?? '',
    windowId: sender.tab?.windowId ?? -1,
  };
}

/** Serves every call to the worker. Call it synchronously when the worker starts. */
export function serveWorker(handlers: WorkerHandlers, options: ServeOptions): void {
  browser.runtime.onMessage.addListener((message, rawSender, sendResponse) => {
    const sender = classify(rawSender);
    if (sender === null) return false;
    const reply = answer(
      message,
      sender,
      (name) => ownEntry(toWorker, name),
      handlers as Record<string, Handler>,
      options,
    );
    if (reply === null) return false;
    void reply.then(sendResponse);
    return true;
  });
}
