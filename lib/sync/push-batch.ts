import { contentDigest, IDEMPOTENCY_HEADER, idempotencyKey } from '../protocol/headers.ts';
import { DIGEST_HEADER, PUSH_TYPE } from '../protocol/headers.ts';
import { MAX_PUSH_BYTES } from '../protocol/limits.ts';
import type { PushRequest } from '../protocol/messages.ts';
import { endpointUrl, PATHS } from '../protocol/paths.ts';
import type { Unsynced } from '../store/sync-log.ts';
import type { Call } from './call-endpoint.ts';
import { ownHeaders, type Target } from './target.ts';

const encoder = new TextEncoder();

/** The request of a push; fewer events than given when as JSON they would be too large. */
export function pushCall(target: Target, batch: Unsynced): { call: Call; sent: Unsynced } {
  const { logid, from } = batch;
  let { events } = batch;
  for (;;) {
    const request: PushRequest = { from, events: events.map((event) => event.raw) };
    const body = encoder.encode(JSON.stringify(request));
    const last = events.at(-1);
    if (last === undefined) throw new Error('A batch holds at least one event');
    if (body.length > MAX_PUSH_BYTES && events.length > 1) {
      // Quotes double inside a JSON string, so how many fit shows only here.
      events = events.slice(0, Math.floor(events.length / 2));
      continue;
    }
    const call: Call = {
      url: endpointUrl(target.endpoint, PATHS.events(logid)),
      method: 'POST',
      headers: {
        ...ownHeaders(target.token),
        'Content-Type': PUSH_TYPE,
        [DIGEST_HEADER]: contentDigest(body),
        [IDEMPOTENCY_HEADER]: idempotencyKey(logid, from, last.seq, last.hash),
      },
      body,
    };
    return { call, sent: { logid, from, events } };
  }
}
