import type { TapMessage } from './messages.ts';
import {
  apply,
  bodyOf,
  getOwnPropertyDescriptor,
  header,
  headersOf,
  now,
  statusOf,
  after,
  urlOf,
} from './primordials.ts';
import { tapResponse } from './tap-response.ts';
import { bodyShape } from './wanted.ts';

/** How the tap speaks to the isolated world; null while nobody listens. */
export type Tell = () => ((message: TapMessage) => void) | null;

/**
 * Puts the lazy tap on `window.fetch`. The page's promise rejects with the native reason, once, and
 * resolves with the native response; a body that no decoder could read is left untouched.
 */
export function tapFetch(window: Window & typeof globalThis, tell: Tell): void {
  window.fetch = new Proxy(window.fetch, {
    apply(target, self: unknown, args: Parameters<typeof fetch>) {
      const sentAt = now();
      const answer: Promise<Response> = apply(target, self, args);
      const telling = tell();
      if (telling === null) return answer;
      const asked = asksModel(args[1]);
      // Derived, not a side branch: a rejection nobody handles is still reported to the page.
      return after(answer, (response) => {
        try {
          tapAnswer(response, asked, sentAt, telling);
        } catch {
          // Whatever a patched page makes of this, its response goes on untouched.
        }
        return response;
      });
    },
  });
}

function tapAnswer(
  response: Response,
  asked: boolean,
  sentAt: number,
  telling: (message: TapMessage) => void,
): void {
  const contentType = header(headersOf(response), 'content-type') ?? '';
  const shape = bodyShape(contentType);
  if (shape === null || bodyOf(response) === null) return;
  const url = plainUrl(urlOf(response));
  const status = statusOf(response);
  const cloned = false;
  tapResponse(response, { url, contentType, shape, status, asked, sentAt, cloned }, telling);
}

/** Origin and path: queries and fragments may carry tokens. */
function plainUrl(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}

// What requests to chat and completion endpoints have in common, whoever serves them.
const MODEL_REQUEST = /"(?:messages|prompt)"\s*:/;
const MAX_REQUEST = 262_144;

/** Whether a request's text body looks like one to a language model. Runs no code of the page. */
function asksModel(init: RequestInit | undefined): boolean {
  if (typeof init !== 'object' || init === null) return false;
  const body: unknown = getOwnPropertyDescriptor(init, 'body')?.value;
  return typeof body === 'string' && MODEL_REQUEST.test(body.slice(0, MAX_REQUEST));
}
