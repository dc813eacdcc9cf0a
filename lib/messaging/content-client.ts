import { browser } from '../platform/browser.ts';
import type { ReplyOf, RequestOf, ToWorker } from './contracts.ts';
import { exchange, type CallOptions } from './exchange.ts';
import { contentReplies, type ContentCall } from './page-contracts.ts';

/**
 * Calls the service worker from a content script: as `callWorker`, for the calls that one may make and
 * with nothing else in the bundle.
 * @throws MessagingError
 */
export async function callFromContent<N extends ContentCall>(
  name: N,
  request: RequestOf<ToWorker[N]>,
  options: CallOptions = {},
): Promise<ReplyOf<ToWorker[N]>> {
  const reply = await exchange(
    () => browser.runtime.sendMessage({ countersign: 1, name, request }),
    contentReplies[name],
    options,
  );
  return reply as ReplyOf<ToWorker[N]>;
}
