import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { runCollector } from '../../server/run.ts';
import { START_MS } from './team.ts';

test(
  'a request that never ends does not keep a collector from stopping',
  async () => {
    const running = await runCollector({
      place: { kind: 'memory' },
      host: '127.0.0.1',
      port: 0,
      newToken: false,
      log: () => undefined,
      stopMs: 200,
    });
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined);
    // A body is promised and never comes.
    socket.write(
      `POST /v1/test HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${running.token}\r\n` +
        'Countersign-Protocol: 1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    );
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    await running.stop();
    await gone;
    await expect(fetch(`${running.url}/health`)).rejects.toThrow('fetch failed');
  },
  START_MS,
);
