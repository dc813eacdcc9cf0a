import { browser } from '../platform/browser.ts';
import type { Browser } from '../platform/browser.ts';
import { toPage, toWorker } from './contracts.ts';
import type {
  Caller,
  PageCall,
  ReplyOf,
  RequestOf,
  ToPage,
  ToWorker,
  WorkerCall,
} from './contracts.ts';
import { callEnvelope } from './envelope.ts';
import type { ReplyEnvelope } from './envelope.ts';

/** Who called, as the browser says it; nothing here comes from the message. */
export interface CallSender {
  caller: Caller;
  /** Origin of the calling document, e.g. `https://desk.example`. */
  origin: string;
  tabId: number;
  frameId: number;
  documentId: string;
  windowId: number;
}

/** One handler per contract; the service worker must serve all of them. */
export type WorkerHandlers = {
  [N in WorkerCall]: (
    request: RequestOf<ToWorker[N]>,
    sender: CallSender,
  ) => Promise<ReplyOf<ToWorker[N]>>;
};

/** One handler per call that a page runtime serves. */
export type PageHandlers = {
  [N in PageCall]: (request: RequestOf<ToPage[N]>) => Promise<ReplyOf<ToPage[N]>>;
};

/** What `serve…` needs to know and to tell. */
export interface ServeOptions {
  /** False refuses the call, e.g. a flood; asked before anything is parsed. */
  admit(sender: CallSender): boolean;
  /** Told of every refused and failed call, for the diagnostics. */
  onProblem(code: string, detail: string): void;
}

type Handler = (request: never, sender: CallSender) => Promise<unknown>;
interface RequestSchema {
  safeParse(
    value: unknown,
  ): { success: true; data: unknown } | { success: false; error: { message: string } };
}

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

function answer(
  message: unknown,
  sender: CallSender,
  table: Record<string, { from: Caller; request: RequestSchema }>,
  handlers: Record<string, Handler>,
  options: ServeOptions,
): Promise<ReplyEnvelope> | null {
  const envelope = callEnvelope.safeParse(message);
  if (!envelope.success) return null;
  const { name } = envelope.data;
  const refuse = (detail: string): Promise<ReplyEnvelope> => {
    options.onProblem('message-refused', `${name}: ${detail}`);
    return Promise.resolve({ ok: false, code: 'refused', detail });
  };
  const contract = Object.hasOwn(table, name) ? table[name] : undefined;
  const handler = handlers[name];
  if (contract === undefined || handler === undefined) return refuse('unknown call');
  if (contract.from !== sender.caller) return refuse(`not for a ${sender.caller} sender`);
  if (!options.admit(sender)) return refuse('too many calls');
  const request = contract.request.safeParse(envelope.data.request);
  if (!request.success) return refuse(`request is not in shape: ${request.error.message}`);
  // Called in the listener's own turn: sidePanel.open needs the user gesture that ends with it.
  return handler(request.data as never, sender).then(
    (reply): ReplyEnvelope => ({ ok: true, reply }),
    (error: unknown): ReplyEnvelope => {
      options.onProblem('call-failed', `${name}: ${String(error)}`);
      return { ok: false, code: 'failed', detail: String(error) };
    },
  );
}

/** Serves every call to the worker. Call it synchronously when the worker starts. */
export function serveWorker(handlers: WorkerHandlers, options: ServeOptions): void {
  browser.runtime.onMessage.addListener((message, rawSender, sendResponse) => {
    const sender = classify(rawSender);
    if (sender === null) return false;
    const reply = answer(message, sender, toWorker, handlers as Record<string, Handler>, options);
    if (reply === null) return false;
    void reply.then(sendResponse);
    return true;
  });
}

/** Serves calls from the worker in a content script; anything else that speaks is not heard. */
export function servePage(handlers: PageHandlers): () => void {
  const listener = (
    message: unknown,
    rawSender: Browser.runtime.MessageSender,
    sendResponse: (reply: ReplyEnvelope) => void,
  ) => {
    if (rawSender.id !== browser.runtime.id || rawSender.tab !== undefined) return false;
    const sender: CallSender = {
      caller: 'extension',
      origin: '',
      tabId: -1,
      frameId: 0,
      documentId: '',
      windowId: -1,
    };
    const reply = answer(message, sender, toPage, handlers as Record<string, Handler>, {
      admit: () => true,
      onProblem: () => undefined,
    });
    if (reply === null) return false;
    void reply.then(sendResponse);
    return true;
  };
  browser.runtime.onMessage.addListener(listener);
  return () => browser.runtime.onMessage.removeListener(listener);
}
