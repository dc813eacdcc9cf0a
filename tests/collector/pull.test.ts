import { expect, test, vi } from 'vitest';
import { NO_TEAM, type TeamState } from '../../lib/settings/team-store.ts';
import { askCollector } from '../../lib/sync/ask-collector.ts';
import { createPull, type PullDeps } from '../../lib/sync/pull.ts';
import { openTeam, START_MS, type Person, type Team } from './team.ts';

const ENDPOINT = 'https://collector.example';
const START = Date.UTC(2026, 10, 24, 9);

/** A device that pulls from the real collector as one person; what it heard, in order. */
function puller(team: Team, person: Pick<Person, 'token'>) {
  const kept: { state: TeamState } = { state: { ...NO_TEAM, endpoint: ENDPOINT } };
  const clock = { now: START };
  const target = { kind: 'collector' as const, endpoint: ENDPOINT, token: person.token };
  const heard: string[] = [];
  /** What happens to each question; an error means that it never came back. */
  const wire: { before: (path: string) => void; after: (path: string, json: unknown) => unknown } =
    {
      before: () => undefined,
      after: (_, json) => json,
    };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    wire.before(`${pathname}${search}`);
    const reply = await team.ask(init?.method ?? 'GET', `${pathname}${search}`, {
      as: target.token,
    });
    const json = wire.after(pathname, await reply.json());
    return Response.json(json, { status: reply.status });
  };
  const deps: PullDeps = {
    credential: () => Promise.resolve({ ...target }),
    ask: (question) => askCollector({ fetch }, target, question),
    read: (endpoint) =>
      Promise.resolve(kept.state.endpoint === endpoint ? kept.state : { ...NO_TEAM, endpoint }),
    write: (state) => {
      kept.state = structuredClone(state);
      return Promise.resolve();
    },
    now: () => clock.now,
    random: () => 0.5,
    lock: (work) => work(),
    policy: (org) => {
      heard.push(`policy ${org}`);
      return Promise.resolve(null);
    },
    cases: (news) => {
      heard.push(news === 'all' ? 'cases all' : `cases ${news.length}`);
      return Promise.resolve(null);
    },
    ended: () => {
      heard.push('ended');
      return Promise.resolve();
    },
  };
  const pull = createPull(deps);
  const now = (asked = false) => pull.pullNow({ wait: false, asked });
  return { kept, clock, target, heard, wire, deps, now };
}

const policy = (version: number) => ({
  version,
  notBefore: '2026-11-23T00:00:00.000Z',
  notAfter: '2027-11-23T00:00:00.000Z',
  settings: { mode: 'enforce' },
});

test(
  'what a device hears: all at first, then only what is new, and again what it was killed in',
  async () => {
    const team = await openTeam('embedded');
    try {
      const mia = await team.add('Mia', 'reviewer');
      const device = puller(team, mia);
      expect(await device.now()).toBe(true);
      expect(device.heard).toEqual(['policy default', 'cases all']);
      expect(device.kept.state.me).toMatchObject({ role: 'reviewer', org: 'default' });

      device.heard.length = 0;
      await device.now();
      expect(device.heard).toEqual([]);
      await team.ask('PUT', '/v1/policy', { as: team.admin, body: policy(1), ifMatch: 0 });

      // Killed while it is handled: the cursor has not moved, so it comes again.
      const take = vi.spyOn(device.deps, 'policy').mockRejectedValueOnce(new Error('killed'));
      await expect(device.now()).rejects.toThrow('killed');
      take.mockRestore();
      await device.now();
      expect(device.heard).toEqual(['policy default']);

      // A role that changed while nobody listened.
      await team.ask('PATCH', `/v1/members/${mia.id}`, { as: team.admin, body: { role: 'lead' } });
      await device.now();
      expect(device.kept.state.me?.role).toBe('lead');

      // Kinds of news that this version does not know are skipped, what it knows is not.
      device.heard.length = 0;
      await team.ask('PUT', '/v1/policy', { as: team.admin, body: policy(2), ifMatch: 1 });
      device.wire.after = (path, json) =>
        path === '/v1/feed'
          ? { ...Object(json), items: [{ kind: 'weather' }, 7, ...Object(json).items] }
          : json;
      await device.now();
      expect(device.heard).toEqual(['policy default']);

      // A place in a feed that is not this one: all again.
      device.wire.after = (_, json) => json;
      device.heard.length = 0;
      device.kept.state = { ...device.kept.state, cursor: 'default.999999.abcd' };
      await device.now();
      expect(device.heard).toEqual(['policy default', 'cases all']);
      device.kept.state = { ...device.kept.state, cursor: 'other.1.abcd' };
      expect(await device.now()).toBe(true);
      expect(device.kept.state.cursor).toBeNull();
    } finally {
      await team.stop();
    }
  },
  START_MS,
);

test(
  'access that ends is over at once and asks no more; failures wait, another credential does not',
  async () => {
    const team = await openTeam('embedded');
    try {
      const mia = await team.add('Mia', 'lead');
      const device = puller(team, mia);
      await device.now();
      const asked: string[] = [];
      device.wire.before = (path) => void asked.push(path);

      device.wire.before = () => {
        throw new TypeError('Failed to fetch');
      };
      expect(await device.now()).toBe(false);
      expect(device.kept.state).toMatchObject({ attempt: 1, lastProblem: { code: 'network' } });
      expect(device.kept.state.me).not.toBeNull();
      device.wire.before = (path) => void asked.push(path);
      asked.length = 0;
      await device.now();
      expect(asked).toEqual([]);
      await device.now(true);
      expect(asked).toHaveLength(1);
      expect(device.kept.state).toMatchObject({ attempt: 0, nextAt: 0, lastProblem: null });

      // Told so in the feed: at once, not only when the next question is refused.
      const told = puller(team, mia);
      await told.now();
      told.heard.length = 0;
      told.wire.after = (path, json) =>
        path === '/v1/feed' ? { ...Object(json), items: [{ kind: 'signout' }] } : json;
      expect(await told.now()).toBe(false);
      expect(told.heard).toEqual(['ended']);

      await team.ask('DELETE', `/v1/tokens/${mia.tokenId}`, { as: team.admin });
      device.heard.length = 0;
      await device.now();
      expect(device.heard).toEqual(['ended']);
      expect(device.kept.state).toMatchObject({ me: null, cursor: null });
      expect(device.kept.state.endedWith).not.toBe('');
      asked.length = 0;
      expect(await device.now(true)).toBe(false);
      expect(asked).toEqual([]);

      const again = await team.add('Mia again', 'reviewer');
      device.target.token = again.token;
      expect(await device.now()).toBe(true);
      expect(device.kept.state).toMatchObject({ endedWith: '', me: { role: 'reviewer' } });

      // A token that never worked has ended nothing.
      const stranger = puller(team, { token: 'cs_default_nothing' });
      expect(await stranger.now()).toBe(false);
      expect(stranger.heard).toEqual([]);
      expect(stranger.kept.state).toMatchObject({
        endedWith: '',
        lastProblem: { code: 'unauthorized' },
      });

      // What another collector said counts for nothing here.
      device.target.endpoint = 'https://other.example';
      device.wire.after = () => ({ nothing: true });
      expect(await device.now()).toBe(false);
      expect(device.kept.state).toMatchObject({ endpoint: 'https://other.example', me: null });
    } finally {
      await team.stop();
    }
  },
  START_MS,
);
