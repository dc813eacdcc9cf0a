import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTeam, START_MS, type Team } from './team.ts';

const CANARY = 'canary7f3a';
const ID = '00000000-0000-7000-8000-0000000000aa';
const CASE = '00000000-0000-7000-8000-0000000000ab';

let team: Team;
beforeAll(async () => {
  team = await openTeam('embedded');
}, START_MS);
afterAll(() => team.stop());

/** Requests with a canary in each place that a person or a page fills, good and bad ones. */
function requests(as: string) {
  const content = { draft: CANARY, sources: [CANARY], facts: [{ [CANARY]: CANARY }], note: CANARY };
  const opening = { itemId: CANARY, traceId: CANARY, siteId: CANARY, tier: 'high', dueAt: null };
  const decision = {
    decisionId: ID,
    outcome: 'edit',
    reasons: [],
    note: CANARY,
    text: CANARY,
    shownHash: CANARY,
  };
  const member = { name: CANARY, email: `${CANARY}@desk.example`, role: 'lead' };
  const asked: [string, string, object][] = [
    ['POST', '/v1/members', { body: member }],
    ['POST', '/v1/members', { body: { ...member, role: CANARY } }],
    ['POST', '/v1/members', { body: `{"name":"${CANARY}` }],
    ['POST', '/v1/cases', { body: { id: CASE, ...opening, content } }],
    ['POST', '/v1/cases', { body: { id: CASE, ...opening, content: { ...content, draft: 'x' } } }],
    ['POST', '/v1/cases', { body: { id: CANARY, ...opening, content } }],
    ['POST', `/v1/cases/${CASE}/resolve`, { body: decision, ifMatch: 9 }],
    ['POST', `/v1/cases/${CASE}/resolve`, { body: decision, ifMatch: 1 }],
    ['GET', `/v1/cases/${CANARY}`, {}],
    ['PUT', '/v1/policy', { body: { settings: { sites: [CANARY] } }, ifMatch: 0 }],
    ['GET', `/v1/history?site=${CANARY}`, {}],
    ['GET', `/v1/history?${CANARY}=${CANARY}&cursor=${CANARY}`, {}],
    ['GET', `/v1/feed?cursor=${CANARY}`, {}],
    ['GET', `/${CANARY}/${CANARY}`, {}],
    ['GET', '/v1/me', { headers: { Authorization: `Bearer cs_${CANARY}_${CANARY}` } }],
    ['GET', '/v1/me', { headers: { 'X-Other': CANARY, 'Countersign-Protocol': CANARY } }],
    ['POST', '/v1/comments', { body: { id: ID, logid: ID, seq: 0, text: CANARY } }],
  ];
  return asked.map(([method, path, what]) => ({ method, path, ask: { as, ...what } }));
}

test('no log line, no metric and no refusal repeats what was sent', async () => {
  const statuses = new Set<number>();
  for (const { method, path, ask } of requests(team.admin)) {
    const reply = await team.ask(method, path, ask);
    statuses.add(reply.status);
    if (!reply.ok) expect(await reply.text()).not.toContain(CANARY);
  }
  // An error that quotes content: the clock stands for whatever may throw one.
  Object.defineProperty(team.clock, 'now', {
    configurable: true,
    get: () => {
      throw new Error(CANARY);
    },
  });
  const failed = await team.ask('GET', '/v1/cases', { as: team.admin });
  expect([failed.status, (await failed.text()).includes(CANARY)]).toEqual([500, false]);
  // The database away.
  await team.opened.close();
  for (const { method, path, ask } of requests(team.admin)) {
    const reply = await team.ask(method, path, ask);
    statuses.add(reply.status);
    expect(await reply.text()).not.toContain(CANARY);
  }
  expect([...statuses].toSorted((a, b) => a - b)).toEqual([
    200, 201, 400, 401, 404, 412, 422, 426, 500,
  ]);
  const logged = JSON.stringify(team.lines);
  expect(team.lines.length).toBeGreaterThan(2 * requests('').length);
  expect(logged).toContain('cases.resolve');
  expect(logged).toContain('"failed"');
  expect(logged).not.toContain(CANARY);
  expect(logged).not.toContain(team.admin.slice(-43));
  const metrics = await (await team.ask('GET', '/metrics', { as: '' })).text();
  expect(metrics).toMatch(
    /countersign_request_seconds_count\{route="cases.open",status="200"\} 1\n/,
  );
  expect(metrics).toContain('route="none",status="404"');
  expect(metrics).not.toContain(CANARY);
  expect(metrics).not.toContain('default');
});
