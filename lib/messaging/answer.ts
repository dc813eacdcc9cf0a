import type { Caller } from './contracts.ts';
import { callEnvelope } from './envelope.ts';
import type { ReplyEnvelope } from './envelope.ts';
import type { MessageSchema } from './exchange.ts';

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

/** What `serve…` needs to know and to tell. */
export interface ServeOptions {
  /** False refuses the call, e.g. a flood; asked before anything is parsed. */
  admit(sender: CallSender): boolean;
  /** Told of every refused and failed call, for the diagnostics. */
  onProblem(code: string, detail: string): void;
}

/** Does what a call asks; its request was checked. */
export type Handler = (request: never, sender: CallSender) => Promise<unknown>;

/** What a served call asks for: who may call, and the shape of its request. */
export interface Served {
  from: Caller;
  request: MessageSchema;
}

/** Answers one message by its contract and handler; null when it is no call of ours. */
export function answer(
  message: unknown,
  sender: CallSender,
  contractOf: (name: string) => Served | undefined,
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
  const contract = contractOf(name);
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

/** The entry of a table that has one by that very name. */
export function ownEntry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
