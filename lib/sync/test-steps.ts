import { callEndpoint, type Call, type Net, type Reply } from './call-endpoint.ts';

/** What a test of an endpoint needs from outside. */
export interface TestDeps extends Net {
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  randomBytes(length: number): Uint8Array;
}

/**
 * One step of a test, in the order in which they are tried; after one that fails only `clock` can
 * follow. `detail` is a code or a measure, never a sentence.
 */
export interface TestStep {
  code:
    | 'address'
    | 'secret'
    | 'reached'
    | 'permission'
    | 'token'
    | 'schema'
    | 'protocol'
    | 'clock'
    | 'echo'
    | 'event'
    | 'logs'
    | 'traces';
  ok: boolean;
  detail: string;
}

/** What a test found. `ok` only when nothing that is needed failed. */
export interface TestResult {
  ok: boolean;
  steps: TestStep[];
}

/** A step that went well. */
export const passed = (code: TestStep['code'], detail = ''): TestStep => ({
  code,
  ok: true,
  detail,
});

/** A step that did not; `detail` says why. */
export const missed = (code: TestStep['code'], detail: string): TestStep => ({
  code,
  ok: false,
  detail,
});

/** A reply, and the step that says it came; without one the steps that say why there is none. */
export type Reached =
  | { reply: Reply & { ok: true }; step: TestStep; startedAt: number; tookMs: number }
  | { reply: null; steps: TestStep[] };

/** Makes the call of a test. `aliveUrl` is asked when the browser keeps the answer from us. */
export async function reach(deps: TestDeps, call: Call, aliveUrl: string): Promise<Reached> {
  const startedAt = deps.now();
  const reply = await callEndpoint(deps, call);
  const tookMs = deps.now() - startedAt;
  if (reply.ok) {
    return { reply, step: passed('reached', `${Math.round(tookMs)} ms`), startedAt, tookMs };
  }
  if (reply.failure === 'network' && (await answersAtAll(aliveUrl, deps))) {
    // Something is there but the browser keeps its answer from us: another server, or no permission.
    return { reply: null, steps: [passed('reached'), missed('permission', 'cors')] };
  }
  return { reply: null, steps: [missed('reached', reply.failure)] };
}

/** Whether anything answers there at all; the answer itself is not readable. */
async function answersAtAll(url: string, { fetch, timeoutMs = 5_000 }: Net): Promise<boolean> {
  try {
    await fetch(url, {
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
