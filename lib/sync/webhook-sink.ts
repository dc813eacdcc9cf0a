import type { EventRow } from '../store/rows.ts';
import { callEndpoint, type Call, type Reply } from './call-endpoint.ts';
import type { SyncDeps } from './deps.ts';
import { failure, failureOfStatus, type Failure } from './problems.ts';
import type { Sink } from './sink.ts';
import type { Target } from './target.ts';
import { readWebhookSecret, signedHeaders } from './webhook-secret.ts';

/** CloudEvents 1.0, structured mode: what a raw event already is. */
const EVENT_TYPE = 'application/cloudevents+json';

const encoder = new TextEncoder();

/** One signed POST of a CloudEvent; `at` is the attempt's time in milliseconds since 1970. */
export function webhookCall(
  url: string,
  secret: Uint8Array,
  { id, raw }: Pick<EventRow, 'id' | 'raw'>,
  at: number,
): Call {
  const body = encoder.encode(raw);
  const seconds = Math.floor(at / 1000);
  return {
    url,
    method: 'POST',
    headers: { ...signedHeaders(secret, { id, seconds, body }), 'Content-Type': EVENT_TYPE },
    body,
  };
}

/** Why an event was not taken; null for every 2xx: that is the whole acknowledgement. */
export function webhookFailure(reply: Reply): Failure | null {
  if (!reply.ok) return failure(reply.failure);
  const { status, retryAfter } = reply;
  if (status >= 200 && status < 300) return null;
  const refused = (code: Failure['code']) => ({ code, detail: String(status), retryAfter });
  if (status === 401) return refused('signature-refused');
  if (status === 403) return refused('http');
  if (status === 413) return refused('too-large');
  return failureOfStatus(status, retryAfter) ?? refused('http');
}

/**
 * A webhook receiver (Standard Webhooks 1.0.0): one event per POST, in the order of the trail. One that is
 * not taken is tried again and holds those behind it, so nothing is passed over.
 */
export function createWebhookSink(deps: SyncDeps, target: Target): Sink {
  const secret = readWebhookSecret(target.token);
  return {
    maxEvents: 1,
    async send({ logid, events }) {
      if (secret === null) return { failed: failure('secret') };
      for (const event of events) {
        const call = webhookCall(target.endpoint, secret, event, deps.now());
        const failed = webhookFailure(await callEndpoint(deps, call));
        if (failed !== null) return { failed };
        await deps.store.ack({ logid, seq: event.seq, hash: event.hash }, null);
      }
      // Without an entry to send the same run would come for ever.
      if (events.length === 0) throw new Error('A run holds at least one event');
      return { limit: 1, step: 'acked' };
    },
  };
}
