import { MAX_REPLY_BYTES, REPLY_TIMEOUT_MS } from '../protocol/limits.ts';

/** How the endpoint is reached; tests hand in their own. */
export interface Net {
  fetch: typeof globalThis.fetch;
  /** Longest wait for a whole reply, in milliseconds. */
  timeoutMs?: number;
}

/** One request. */
export interface Call {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers: Record<string, string>;
  /** Longest wait for this reply where it is another than the net's, in milliseconds. */
  timeoutMs?: number;
  body?: Uint8Array<ArrayBuffer>;
}

/** Why there is no reply. `redirect`: it sends us elsewhere, where nothing of ours goes. */
export type CallFailure = 'offline' | 'network' | 'timeout' | 'redirect' | 'reply-too-large';

/** What came back. `json` is undefined when the body is no JSON. */
export type Reply =
  | { ok: true; status: number; json: unknown; isHtml: boolean; retryAfter: string | null }
  | { ok: false; failure: CallFailure };

/** There was more to read than is read. */
export class ReplyTooLarge extends Error {}

/** Reads a body, at most 1 MiB of it. Throws `ReplyTooLarge` when there is more. */
export async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    // Leaving the loop cancels the stream: no more is pulled.
    if (length > MAX_REPLY_BYTES) throw new ReplyTooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function failureOf(error: unknown): CallFailure {
  if (error instanceof ReplyTooLarge) return 'reply-too-large';
  if (!(error instanceof Error)) throw error;
  if (error.name === 'TimeoutError') return 'timeout';
  return 'onLine' in navigator && !navigator.onLine ? 'offline' : 'network';
}

/**
 * Asks the endpoint. Sends no cookies, follows no redirect, reads at most 1 MiB of the reply, and gives
 * up after the timeout whatever trickles in. Never rejects for what network or server do.
 */
export async function callEndpoint(net: Net, call: Call): Promise<Reply> {
  const { fetch } = net;
  const { url, timeoutMs = net.timeoutMs ?? REPLY_TIMEOUT_MS, ...request } = call;
  try {
    const response = await fetch(url, {
      ...request,
      // Not `error`: that can't be told from a dead network. Neither follows.
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { status } = response;
    if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
      await response.body?.cancel();
      return { ok: false, failure: 'redirect' };
    }
    const type = response.headers.get('content-type') ?? '';
    const text = await readText(response);
    return {
      ok: true,
      status,
      json: /^application\/([\w.-]+\+)?json\b/i.test(type) ? parse(text) : undefined,
      isHtml: /^text\/html\b/i.test(type),
      retryAfter: response.headers.get('retry-after'),
    };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}
