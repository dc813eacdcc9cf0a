import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedReply } from '../../lib/protocol/feed.ts';
import { member, mintedReply } from '../../lib/protocol/team.ts';
import { startProcess, type CollectorProcess } from './process.ts';
import { postgresPrograms, startPostgres, type OwnPostgres } from './postgres.ts';
import { START_MS } from './team.ts';

const programs = postgresPrograms();

describe.skipIf(programs === null)('two processes on one PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-two-'));
  let server: OwnPostgres | null = null;
  let first: CollectorProcess | null = null;
  let second: CollectorProcess | null = null;
  let token = '';
  beforeAll(async () => {
    if (programs === null) return;
    server = await startPostgres(programs);
    const databaseUrl = await server.freshUrl();
    first = await startProcess({ folder, databaseUrl, isFirst: true });
    second = await startProcess({ folder, databaseUrl, isFirst: false });
    ({ token } = first);
  }, START_MS);
  afterAll(async () => {
    await first?.end('SIGKILL');
    await second?.end('SIGKILL');
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (
    of: CollectorProcess | null,
    method: string,
    path: string,
    body?: unknown,
    as = token,
  ) =>
    fetch(`${of?.url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${as}`,
        'Countersign-Protocol': '1',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'If-Match': '"0"' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const waitingIn = async (of: CollectorProcess | null) => {
    while (!/countersign_feed_waiting 1\n/.test(await (await ask(of, 'GET', '/metrics')).text()))
      await new Promise((resolve) => setTimeout(resolve, 20));
  };

  test('what one is told, the other tells: policy to who waits, and access that ends', async () => {
    const { cursor } = feedReply.parse(await (await ask(second, 'GET', '/v1/feed')).json());
    const waiting = ask(second, 'GET', `/v1/feed?cursor=${cursor}&wait=20`);
    await waitingIn(second);
    const policy = {
      version: 1,
      notBefore: '2026-11-23T00:00:00.000Z',
      notAfter: '2027-11-23T00:00:00.000Z',
      settings: { mode: 'enforce' },
    };
    expect((await ask(first, 'PUT', '/v1/policy', policy)).status).toBe(200);
    expect(feedReply.parse(await (await waiting).json()).items).toEqual([
      { kind: 'policy', version: 1 },
    ]);
    const body = { name: 'Mia', email: '', role: 'reviewer' };
    const { id } = member.parse(await (await ask(first, 'POST', '/v1/members', body)).json());
    const minted = await ask(second, 'POST', `/v1/members/${id}/tokens`, { label: '' });
    const { token: hers } = mintedReply.parse(await minted.json());
    expect((await ask(second, 'GET', '/v1/me', undefined, hers)).status).toBe(200);
    await ask(first, 'PATCH', `/v1/members/${id}`, { active: false });
    expect((await ask(second, 'GET', '/v1/me', undefined, hers)).status).toBe(401);
  });

  test('a stop answers who waits, and leaves in order; the other goes on', async () => {
    const { cursor } = feedReply.parse(await (await ask(first, 'GET', '/v1/feed')).json());
    const waiting = ask(first, 'GET', `/v1/feed?cursor=${cursor}&wait=20`);
    await waitingIn(first);
    const ended = first?.end('SIGTERM');
    expect(await (await waiting).json()).toEqual({ items: [], cursor });
    expect(await ended).toBe(0);
    expect((await ask(second, 'GET', '/health')).status).toBe(200);
  });
});
