import type { Reply } from './call-endpoint.ts';
import { otlpCall, otlpUrl, readExport } from './otlp-sink.ts';
import { missed, passed, reach, type TestDeps, type TestStep } from './test-steps.ts';

/** Requests without any record: receivers answer them as any other (OTLP, "Full Success"). */
const EMPTY = { logs: { resourceLogs: [] }, traces: { resourceSpans: [] } } as const;

/** Asks for both signals with an empty export. A yes says that it would be taken, not what is made of it. */
export async function testOtlp(url: string, token: string, deps: TestDeps): Promise<TestStep[]> {
  const target = { endpoint: url, token };
  const steps: TestStep[] = [];
  for (const signal of ['logs', 'traces'] as const) {
    const call = otlpCall(target, signal, EMPTY[signal]);
    const reached = await reach(deps, call, new URL(otlpUrl(url, signal)).origin);
    if (reached.reply === null) return [...steps, ...reached.steps];
    if (steps.length === 0) steps.push(reached.step);
    const step = stepOf(signal, reached.reply);
    steps.push(step);
    if (!step.ok) break;
  }
  return steps;
}

function stepOf(signal: 'logs' | 'traces', reply: Reply & { ok: true }): TestStep {
  const { status, isHtml } = reply;
  if (status === 401) return missed('token', 'unauthorized');
  if (status === 403) return missed('token', 'forbidden');
  if (status === 404 || status === 405) {
    return missed(signal, signal === 'traces' ? 'no-traces' : 'no-receiver');
  }
  if (isHtml) return missed(signal, 'not-otlp');
  const got = readExport(reply);
  if (got.kind === 'taken') return passed(signal);
  if (got.kind === 'refused') return missed(signal, 'refused-some');
  return missed(signal, got.failure.code === 'bad-reply' ? 'not-otlp' : `http-${status}`);
}
