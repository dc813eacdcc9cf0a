import type { EndpointKind } from '../domain/endpoint.ts';
import { checkSettings } from '../settings/catalog.ts';
import { testCollector } from './test-collector.ts';
import { testOtlp } from './test-otlp.ts';
import { missed, passed, type TestDeps, type TestResult, type TestStep } from './test-steps.ts';
import { testWebhook } from './test-webhook.ts';

/** How each kind is tested, and the last step: only with it passed the test is. */
const TESTS: {
  readonly [Kind in EndpointKind]: {
    run: (url: string, token: string, deps: TestDeps) => Promise<TestStep[]>;
    proof: TestStep['code'];
  };
} = {
  collector: { run: testCollector, proof: 'echo' },
  webhook: { run: testWebhook, proof: 'event' },
  otlp: { run: testOtlp, proof: 'traces' },
};

/** Tests an endpoint of a kind. Never rejects for what the network or the endpoint do. */
export async function testConnection(
  url: string,
  token: string,
  deps: TestDeps,
  kind: EndpointKind = 'collector',
): Promise<TestResult> {
  if (url === '' || checkSettings({ syncEndpoint: url }).problems.length > 0) {
    return { ok: false, steps: [missed('address', '')] };
  }
  const { run, proof } = TESTS[kind];
  const steps = [passed('address'), ...(await run(url, token, deps))];
  // That clocks differ is worth saying, but loses nothing.
  const needed = steps.filter((step) => step.code !== 'clock');
  return { ok: needed.at(-1)?.code === proof && needed.every((step) => step.ok), steps };
}
