import { useCallback, useState } from 'react';
import type { EndpointKind } from '../domain/endpoint.ts';
import { MessagingError } from '../messaging/errors.ts';
import { useServices } from './services.ts';

/** A test waits for a slow server as long as sending would, in milliseconds. */
const TEST_DEADLINE_MS = 45_000;

/** One thing that was tried, in order. */
export interface TestStep {
  code: string;
  ok: boolean;
  detail: string;
}

/** A connection test, from not asked for to its result. */
export type ConnectionTest =
  | { state: 'idle' }
  | { state: 'running' }
  | { state: 'done'; kind: EndpointKind; ok: boolean; steps: readonly TestStep[] }
  | { state: 'failed'; code: MessagingError['code'] };

/** Tests an endpoint; green only with the proof that its kind can give. */
export function useConnectionTest() {
  const { call } = useServices();
  const [test, setTest] = useState<ConnectionTest>({ state: 'idle' });
  const start = useCallback(
    async (request: { url: string; token: string; kind: EndpointKind }) => {
      setTest({ state: 'running' });
      try {
        const reply = await call('sync.test', request, { deadlineMs: TEST_DEADLINE_MS });
        setTest({ state: 'done', kind: request.kind, ...reply });
      } catch (error) {
        if (!(error instanceof MessagingError)) throw error;
        setTest({ state: 'failed', code: error.code });
      }
    },
    [call],
  );
  return { test, start };
}
