import { CLOCK_TOLERANCE_MS, PROTOCOL } from '../protocol/limits.ts';
import { echoReply, type EchoReply } from '../protocol/messages.ts';
import { endpointUrl, PATHS } from '../protocol/paths.ts';
import { toBase64Url } from '../protocol/base64.ts';
import { checkSettings } from '../settings/catalog.ts';
import { callEndpoint, type Net, type Reply } from './call-endpoint.ts';
import { ownHeaders } from './target.ts';

/** What the test needs from outside. */
export interface TestDeps extends Net {
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  randomBytes(length: number): Uint8Array;
}

/**
 * One step of the test, in the order in which they are tried; after one that fails only `clock` can
 * follow. `detail` is a code or a measure, never a sentence.
 */
interface TestStep {
  code: 'address' | 'reached' | 'permission' | 'token' | 'schema' | 'protocol' | 'clock' | 'echo';
  ok: boolean;
  detail: string;
}

/** What the test found. `ok` only when our own text came back from the endpoint's storage. */
export interface TestResult {
  ok: boolean;
  steps: TestStep[];
}

const passed = (code: TestStep['code'], detail = ''): TestStep => ({ code, ok: true, detail });
const missed = (code: TestStep['code'], detail: string): TestStep => ({ code, ok: false, detail });

/** Tests an endpoint by proof of receipt. Never rejects for what the network or the endpoint do. */
export async function testConnection(
  url: string,
  token: string,
  deps: TestDeps,
): Promise<TestResult> {
  if (url === '' || checkSettings({ syncEndpoint: url }).problems.length > 0) {
    return { ok: false, steps: [missed('address', '')] };
  }
  const nonce = toBase64Url(deps.randomBytes(24));
  const started = deps.now();
  const reply = await callEndpoint(deps, {
    url: endpointUrl(url, PATHS.test),
    method: 'POST',
    headers: { ...ownHeaders(token), 'Content-Type': 'application/json' },
    body: new TextEncoder().encode(JSON.stringify({ nonce })),
  });
  const took = deps.now() - started;
  const steps = [passed('address'), ...(await reachSteps(url, reply, took, deps))];
  const echo = reply.ok && reply.status === 200 ? echoReply.safeParse(reply.json) : null;
  if (echo?.success === true) steps.push(...echoSteps(echo.data, nonce, started + took / 2, took));
  // That clocks differ is worth saying, but loses nothing.
  const needed = steps.filter((step) => step.code !== 'clock');
  return { ok: needed.at(-1)?.code === 'echo' && needed.every((step) => step.ok), steps };
}

/** Whether it was reached, took the token, and speaks our language. */
async function reachSteps(
  url: string,
  reply: Reply,
  took: number,
  deps: TestDeps,
): Promise<TestStep[]> {
  if (!reply.ok) {
    const refused = reply.failure === 'network' && (await answersAtAll(url, deps));
    // Something is there but the browser keeps its answer from us: no collector, or no permission.
    if (refused) return [passed('reached'), missed('permission', 'cors')];
    return [missed('reached', reply.failure)];
  }
  const reached = passed('reached', `${Math.round(took)} ms`);
  const { status, json, isHtml } = reply;
  if (status === 401) return [reached, missed('token', 'unauthorized')];
  if (status === 403) return [reached, missed('token', 'forbidden')];
  if (status === 426) return [reached, passed('token'), missed('protocol', '')];
  if (status === 404 || status === 410) return [reached, missed('schema', 'not-found')];
  if (status !== 200) return [reached, missed('schema', `http-${status}`)];
  if (isHtml) return [reached, missed('schema', 'html')];
  if (json === undefined) return [reached, missed('schema', 'not-json')];
  const echo = echoReply.safeParse(json);
  if (!echo.success) return [reached, missed('schema', 'not-a-collector')];
  if (echo.data.protocol !== PROTOCOL) {
    const other = String(echo.data.protocol);
    return [reached, passed('token'), passed('schema'), missed('protocol', other)];
  }
  return [reached, passed('token'), passed('schema'), passed('protocol')];
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

/** Whether anything answers there at all; the answer itself is not readable. */
async function answersAtAll(url: string, { fetch, timeoutMs = 5_000 }: Net): Promise<boolean> {
  try {
    await fetch(endpointUrl(url, PATHS.health), {
      // The only mode that needs no permission; it must follow redirects, so it carries nothing of ours.
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
