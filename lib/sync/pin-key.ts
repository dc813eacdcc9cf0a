import { keysReply } from '../protocol/messages.ts';
import { endpointUrl, PATHS } from '../protocol/paths.ts';
import { isCollectorKey, type CollectorKey } from '../protocol/receipt.ts';
import { callEndpoint, type Net } from './call-endpoint.ts';
import { failure, failureOfStatus, type Failure } from './problems.ts';

/** Asks an endpoint for the key that it signs receipts with: trusted at first contact, then kept. */
export async function fetchKey(
  net: Net,
  endpoint: string,
): Promise<{ key: CollectorKey } | { failed: Failure }> {
  const url = endpointUrl(endpoint, PATHS.keys);
  const reply = await callEndpoint(net, { url, method: 'GET', headers: {} });
  if (!reply.ok) return { failed: failure(reply.failure) };
  const known = failureOfStatus(reply.status, reply.retryAfter);
  if (known !== null) return { failed: known };
  const parsed = keysReply.safeParse(reply.json);
  const [first] = parsed.success ? parsed.data.keys : [];
  if (first === undefined || !isCollectorKey(first)) return { failed: failure('bad-reply') };
  return { key: { id: first.id, publicKey: first.publicKey } };
}
