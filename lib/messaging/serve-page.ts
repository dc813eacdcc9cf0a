import { browser } from '../platform/browser.ts';
import type { Browser } from '../platform/browser.ts';
import { answer, ownEntry, type CallSender, type Handler } from './answer.ts';
import type { PageCall, ReplyOf, RequestOf, ToPage } from './contracts.ts';
import type { ReplyEnvelope } from './envelope.ts';
import { pageRequests } from './page-contracts.ts';

/** One handler per call that a page runtime serves. */
export type PageHandlers = {
  [N in PageCall]: (request: RequestOf<ToPage[N]>) => Promise<ReplyOf<ToPage[N]>>;
};

const WORKER: CallSender = {
  caller: 'extension',
  origin: '',
  tabId: -1,
  frameId: 0,
  documentId: '',
  windowId: -1,
};

/** Serves calls from the worker in a content script; anything else that speaks is not heard. */
export function servePage(handlers: PageHandlers): () => void {
  const listener = (
    message: unknown,
    rawSender: Browser.runtime.MessageSender,
    sendResponse: (reply: ReplyEnvelope) => void,
  ) => {
    if (rawSender.id !== browser.runtime.id || rawSender.tab !== undefined) return false;
    const reply = answer(
      message,
      WORKER,
      (name) => {
        const request = ownEntry(pageRequests, name);
        return request === undefined ? undefined : { from: 'extension', request };
      },
      handlers as Record<string, Handler>,
      { admit: () => true, onProblem: () => undefined },
    );
    if (reply === null) return false;
    void reply.then(sendResponse);
    return true;
  };
  browser.runtime.onMessage.addListener(listener);
  return () => browser.runtime.onMessage.removeListener(listener);
}
