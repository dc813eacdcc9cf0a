import { bytesToHex } from '@noble/hashes/utils.js';
import { missed, passed, reach, type TestDeps, type TestStep } from './test-steps.ts';
import { readWebhookSecret } from './webhook-secret.ts';
import { webhookCall } from './webhook-sink.ts';

/** CloudEvents type of the event that a test sends; receivers may drop it. */
const TEST_TYPE = 'dev.countersign.connection.tested.v1';

/** A UUID (RFC 9562 §5.8, version 8: made by a rule of our own) of 16 random bytes. */
function uuidOf(bytes: Uint8Array): string {
  const hex = bytesToHex(bytes);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

/** Sends one signed test event. A 2xx says that it was taken, not what was made of it. */
export async function testWebhook(url: string, token: string, deps: TestDeps): Promise<TestStep[]> {
  const secret = readWebhookSecret(token);
  if (secret === null) return [missed('secret', token === '' ? 'no-secret' : 'secret-form')];
  const id = uuidOf(deps.randomBytes(16));
  const at = deps.now();
  const raw = JSON.stringify({
    specversion: '1.0',
    id,
    source: 'urn:countersign:connection-test',
    type: TEST_TYPE,
    time: new Date(at).toISOString(),
    datacontenttype: 'application/json',
    data: {},
  });
  const reached = await reach(deps, webhookCall(url, secret, { id, raw }, at), new URL(url).origin);
  if (reached.reply === null) return [passed('secret'), ...reached.steps];
  const before = [passed('secret'), reached.step];
  const { status } = reached.reply;
  if (status === 401) return [...before, missed('event', 'signature-refused')];
  if (status === 404 || status === 410) return [...before, missed('event', 'no-receiver')];
  if (status < 200 || status >= 300) return [...before, missed('event', `http-${status}`)];
  return [...before, passed('event')];
}
