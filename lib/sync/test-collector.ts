import { toBase64Url } from '../protocol/base64.ts';
import { CLOCK_TOLERANCE_MS, PROTOCOL } from '../protocol/limits.ts';
import { echoReply, type EchoReply } from '../protocol/messages.ts';
import { endpointUrl, PATHS } from '../protocol/paths.ts';
import type { Reply } from './call-endpoint.ts';
import { ownHeaders } from './target.ts';
import { missed, passed, reach, type TestDeps, type TestStep } from './test-steps.ts';

/** Tests a collector by proof of receipt: our own text has to come back from its storage. */
export async function testCollector(
  url: string,
  token: string,
  deps: TestDeps,
): Promise<TestStep[]> {
  const nonce = toBase64Url(deps.randomBytes(24));
  const call = {
    url: endpointUrl(url, PATHS.test),
    method: 'POST' as const,
    headers: { ...ownHeaders(token), 'Content-Type': 'application/json' },
    body: new TextEncoder().encode(JSON.stringify({ nonce })),
  };
  const reached = await reach(deps, call, endpointUrl(url, PATHS.health));
  if (reached.reply === null) return reached.steps;
  const { reply, step, startedAt, tookMs } = reached;
  // An answer that could be read is what Chrome's permission, or the collector's own leave, was for.
  const steps = [step, passed('permission'), ...replySteps(reply)];
  const echo = reply.status === 200 ? echoReply.safeParse(reply.json) : null;
  if (echo?.success !== true) return steps;
  return [...steps, ...echoSteps(echo.data, nonce, startedAt + tookMs / 2, tookMs)];
}

/** Whether the token was taken, and our language is spoken. */
function replySteps({ status, json, isHtml }: Reply & { ok: true }): TestStep[] {
  if (status === 401) return [missed('token', 'unauthorized')];
  if (status === 403) return [missed('token', 'forbidden')];
  if (status === 426) return [passed('token'), missed('protocol', '')];
  if (status === 404 || status === 410) return [missed('schema', 'not-found')];
  if (status !== 200) return [missed('schema', `http-${status}`)];
  if (isHtml) return [missed('schema', 'html')];
  if (json === undefined) return [missed('schema', 'not-json')];
  const echo = echoReply.safeParse(json);
  if (!echo.success) return [missed('schema', 'not-a-collector')];
  const { protocol } = echo.data;
  if (protocol !== PROTOCOL) {
    return [passed('token'), passed('schema'), missed('protocol', String(protocol))];
  }
  return [passed('token'), passed('schema'), passed('protocol')];
}

/** Whether our text came back, and how far the clocks are apart. */
function echoSteps(echo: EchoReply, nonce: string, middle: number, took: number): TestStep[] {
  const apart = Date.parse(echo.serverTime) - middle;
  const agree = Math.abs(apart) <= CLOCK_TOLERANCE_MS + took / 2;
  const clock = { code: 'clock' as const, ok: agree, detail: `${Math.round(apart / 1000)} s` };
  if (echo.nonce !== nonce) return [clock, missed('echo', 'wrong-text')];
  if (!echo.stored) return [clock, missed('echo', 'not-stored')];
  return [clock, passed('echo')];
}
