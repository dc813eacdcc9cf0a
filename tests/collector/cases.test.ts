import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseHead, caseReply, casesReply } from '../../lib/protocol/case.ts';
import { CLAIM_MS } from '../../lib/protocol/case-state.ts';
import { feedReply } from '../../lib/protocol/feed.ts';
import { MAX_CASE_BYTES } from '../../lib/protocol/limits.ts';
import { createMetrics } from '../../server/api/metrics.ts';
import { sweepContents } from '../../server/sweep-contents.ts';
import { BACKENDS, codeOf, openTeam, START_MS, type Person, type Team } from './team.ts';

const DAY_MS = 86_400_000;
let made = 0;
const newId = () => {
  made += 1;
  return `00000000-0000-7000-a000-${String(made).padStart(12, '0')}`;
};
const content = {
  draft: 'We refund you 40 \u20ac. \u0000 \u{1f642}',
  sources: [{ id: 's1', text: 'Refunds up to 30 \u20ac', deep: [{ er: null }] }],
  facts: [{ kind: 'amount', status: 'contradicted' }],
  note: 'Is this right?',
};
const decision = (outcome: string, over = {}) => ({
  decisionId: newId(),
  outcome,
  reasons: [],
  note: '',
  text: null,
  shownHash: 'cs1:shown',
  ...over,
});

describe.each(BACKENDS)('cases on %s', (backend) => {
  let team: Team;
  let mia: Person;
  let max: Person;
  let lee: Person;
  let lou: Person;
  beforeAll(async () => {
    team = await openTeam(backend);
    mia = await team.add('Mia', 'reviewer');
    max = await team.add('Max', 'reviewer');
    lee = await team.add('Lee', 'lead');
    lou = await team.add('Lou', 'lead');
  }, START_MS);
  afterAll(() => team.stop());

  const open = (over: object = {}, by = mia) =>
    team.ask('POST', '/v1/cases', {
      as: by.token,
      body: {
        id: newId(),
        itemId: 'item-1',
        traceId: 'a'.repeat(32),
        siteId: 'desk',
        tier: 'high',
        dueAt: null,
        content,
        ...over,
      },
    });
  const opened = async (over: object = {}, by = mia) =>
    caseHead.parse(await (await open(over, by)).json());
  const act = (
    by: Person,
    id: string,
    what: string,
    ifMatch: number,
    body?: unknown,
    at = team.ask,
  ) => at('POST', `/v1/cases/${id}/${what}`, { as: by.token, body, ifMatch });
  const read = async (by: Person, id: string) =>
    caseReply.parse(await (await team.ask('GET', `/v1/cases/${id}`, { as: by.token })).json());
  const list = async (by: Person, query = '') =>
    casesReply.parse(await (await team.ask('GET', `/v1/cases${query}`, { as: by.token })).json());
  const records = async (id: string) => {
    const { rows } = await sql<{ raw: string }>`SELECT raw FROM countersign.events
      WHERE raw LIKE ${`%${id}%`} ORDER BY seq`.execute(team.opened.db);
    return rows.map(({ raw }): { type: string; authid: string; data: object } => JSON.parse(raw));
  };

  test('escalated, claimed, edited: the author gets exactly that text', async () => {
    const { cursor } = feedReply.parse(
      await (await team.ask('GET', '/v1/feed', { as: mia.token })).json(),
    );
    const head = await opened({ dueAt: team.clock.now + 60_000 });
    expect(head).toMatchObject({ author: mia.id, status: 'waiting', version: 1, holder: null });
    expect((await read(lee, head.id)).content).toEqual(content);
    const claimed = caseHead.parse(await (await act(lee, head.id, 'claim', 1)).json());
    expect(claimed).toMatchObject({ status: 'claimed', holder: lee.id, version: 2 });
    const text = 'We refund you 30 \u20ac.\r\n\u2028 \u{1f642}';
    const edit = decision('edit', { text, note: 'Limit is 30' });
    expect(await (await act(lee, head.id, 'resolve', 2, edit)).json()).toMatchObject({
      status: 'resolved',
      version: 3,
    });
    // The answer was lost: the same decision again is the same decision.
    expect((await act(lee, head.id, 'resolve', 2, edit)).status).toBe(200);
    const other = await act(lee, head.id, 'resolve', 3, { ...edit, text: 'other' });
    expect(await codeOf(other)).toBe('key-reused');
    expect((await read(mia, head.id)).resolution).toMatchObject({ ...edit, by: lee.id, text });
    const { items } = feedReply.parse(
      await (await team.ask('GET', `/v1/feed?cursor=${cursor}`, { as: mia.token })).json(),
    );
    expect(items).toMatchObject([
      { kind: 'case', caseId: head.id, itemId: 'item-1', news: 'claimed' },
      { kind: 'case', caseId: head.id, news: 'resolved', version: 3 },
    ]);
    const log = await records(head.id);
    expect(log.map(({ type, authid }) => [type, authid])).toEqual([
      ['dev.countersign.case.opened.v1', 'Mia'],
      ['dev.countersign.case.claimed.v1', 'Lee'],
      ['dev.countersign.case.resolved.v1', 'Lee'],
    ]);
    expect(JSON.stringify(log)).not.toMatch(/refund|Limit is|right\?/i);
  });

  test('texts of a case that ended are erased in time; who decided what stays, and so does what waits', async () => {
    team.clock.now -= 40 * DAY_MS;
    const [ended, waiting] = [await opened(), await opened()];
    const text = 'We refund you 30. \u0000';
    const edit = decision('edit', { text, note: 'Limit is 30' });
    await act(lee, ended.id, 'resolve', 1, edit);
    team.clock.now += 40 * DAY_MS;
    const { db } = team.opened;
    const tried = [
      sql`UPDATE countersign.case_contents SET content = 'x'`,
      sql`SELECT countersign.erase_cases('default', ${new Date().toISOString()})`,
    ];
    for (const each of tried) await expect(each.execute(db)).rejects.toThrow();
    const now = () => team.clock.now;
    const sweeping = { db, log: () => undefined, metrics: createMetrics(), now };
    expect(await sweepContents(sweeping, 41)).toBe(0);
    expect((await read(mia, ended.id)).content).toEqual(content);
    expect(await sweepContents(sweeping, 39)).toBe(1);
    const left = await read(mia, ended.id);
    expect(left.content).toEqual({ draft: '', sources: [], facts: [], note: '' });
    expect(left).toMatchObject({ case: { status: 'resolved' }, resolution: null });
    const types = (await records(ended.id)).map(({ type, authid }) => `${type} ${authid}`);
    expect(types).toContain('dev.countersign.case.resolved.v1 Lee');
    expect((await read(mia, waiting.id)).content).toEqual(content);
    expect(await sweepContents(sweeping, 39)).toBe(0);
  });

  test('two leads at once, on two processes: one wins, both are in the log', async () => {
    const { id } = await opened();
    const [hers, his] = [decision('approve'), decision('reject', { reasons: ['wrong-fact'] })];
    const replies = await Promise.all([
      act(lee, id, 'resolve', 1, hers),
      act(lou, id, 'resolve', 1, his, team.askOther),
    ]);
    expect(replies.map((reply) => String(reply.status)).toSorted()).toEqual(['200', '412']);
    const [winner, loser] = replies[0]?.status === 200 ? [hers, his] : [his, hers];
    expect((await read(mia, id)).resolution).toMatchObject({ decisionId: winner.decisionId });
    const log = await records(id);
    expect(log.map(({ type, data }) => [type, Reflect.get(data, 'decisionId')]).slice(1)).toEqual([
      ['dev.countersign.case.resolved.v1', winner.decisionId],
      ['dev.countersign.case.attempt-lost.v1', loser.decisionId],
    ]);
  });

  test('who comes while another holds it is refused and recorded; a claim runs out', async () => {
    const { id } = await opened();
    await act(lee, id, 'claim', 1);
    const early = await act(lou, id, 'resolve', 2, decision('approve'));
    expect([early.status, await codeOf(early)]).toEqual([409, 'claimed']);
    expect((await records(id)).at(-1)?.type).toContain('attempt-lost');
    expect(await codeOf(await act(lou, id, 'claim', 2))).toBe('claimed');
    expect(await codeOf(await act(lou, id, 'claim', 1))).toBe('changed');
    team.clock.now += CLAIM_MS;
    try {
      expect((await read(lee, id)).case).toMatchObject({ status: 'waiting', holder: null });
      expect((await act(lou, id, 'claim', 2)).status).toBe(200);
    } finally {
      team.clock.now -= CLAIM_MS;
    }
  });

  test('locked: author and approver are two people, also for an administrator', async () => {
    const { id } = await opened({ tier: 'locked' }, lee);
    const own = await act(lee, id, 'resolve', 1, decision('approve'));
    expect([own.status, await codeOf(own)]).toEqual([403, 'second-person']);
    expect((await read(lee, id)).case.status).toBe('waiting');
    expect(await codeOf(await act(lou, id, 'hand-over', 1, { to: lee.id }))).toBe('second-person');
    expect((await act(lou, id, 'resolve', 1, decision('approve'))).status).toBe(200);
    const high = await opened({ tier: 'high' }, lee);
    expect((await act(lee, high.id, 'resolve', 1, decision('approve'))).status).toBe(200);
  });

  test('end of a shift: handed over, given back; a reviewer or someone gone gets none', async () => {
    const { id } = await opened();
    await act(lee, id, 'claim', 1);
    expect(await codeOf(await act(lee, id, 'hand-over', 2, { to: max.id }))).toBe('forbidden');
    const gone = await team.add('Gone', 'lead');
    await team.ask('PATCH', `/v1/members/${gone.id}`, { as: team.admin, body: { active: false } });
    expect((await act(lee, id, 'hand-over', 2, { to: gone.id })).status).toBe(404);
    const handed = caseHead.parse(
      await (await act(lee, id, 'hand-over', 2, { to: lou.id })).json(),
    );
    expect(handed).toMatchObject({ holder: lou.id, version: 3 });
    expect(await codeOf(await act(lee, id, 'release', 3))).toBe('claimed');
    expect((await act(lou, id, 'release', 3)).status).toBe(200);
    expect(await codeOf(await act(lou, id, 'release', 4))).toBe('not-claimed');
  });

  test('the author takes it back, also while a lead holds it; then nobody decides', async () => {
    const { id } = await opened();
    await act(lee, id, 'claim', 1);
    expect((await act(max, id, 'take-back', 2)).status).toBe(404);
    expect(await codeOf(await act(lee, id, 'take-back', 2))).toBe('forbidden');
    expect((await act(mia, id, 'take-back', 2)).status).toBe(200);
    expect(await codeOf(await act(lee, id, 'resolve', 3, decision('approve')))).toBe('ended');
    expect((await read(mia, id)).case.status).toBe('taken-back');
    expect((await list(lee)).cases.map((one) => one.id)).not.toContain(id);
    expect((await list(lee, '?which=all')).cases.map((one) => one.id)).toContain(id);
  });

  test('an answer that is due and missing is late, and no decision', async () => {
    const { id } = await opened({ dueAt: team.clock.now - 1 });
    expect(await read(mia, id)).toMatchObject({ case: { status: 'expired' }, resolution: null });
    expect((await records(id)).map(({ type }) => type)).toEqual(['dev.countersign.case.opened.v1']);
    expect((await act(lee, id, 'resolve', 1, decision('approve'))).status).toBe(200);
  });

  test('a reviewer sees their own and acts on none; the same request twice is one case', async () => {
    const id = newId();
    expect((await open({ id })).status).toBe(200);
    expect(await (await open({ id })).json()).toMatchObject({ id, version: 1 });
    expect(await codeOf(await open({ id, content: { ...content, note: 'x' } }))).toBe('key-reused');
    expect(await codeOf(await open({ id }, max))).toBe('key-reused');
    expect((await list(max)).cases).toEqual([]);
    expect((await list(mia)).cases.every((one) => one.author === mia.id)).toBe(true);
    expect((await team.ask('GET', `/v1/cases/${id}`, { as: max.token })).status).toBe(404);
    expect((await act(mia, id, 'resolve', 1, decision('approve'))).status).toBe(403);
    expect((await act(mia, id, 'claim', 1)).status).toBe(403);
    const without = await team.ask('POST', `/v1/cases/${id}/claim`, { as: lee.token });
    expect([without.status, await codeOf(without)]).toEqual([428, 'precondition-required']);
  });

  test('the list has pages', async () => {
    for (let n = 0; n < 101; n += 1) await opened({}, max);
    const first = await list(max);
    const rest = await list(max, `?cursor=${first.next}`);
    expect([first.cases.length, rest.cases.length, rest.next]).toEqual([100, 1, null]);
    expect(new Set([...first.cases, ...rest.cases].map((one) => one.id)).size).toBe(101);
  });

  test('bad content and bad decisions: refused', async () => {
    const bad: [object, number][] = [
      [{ content: { ...content, draft: 'x'.repeat(MAX_CASE_BYTES) } }, 413],
      [{ content: { ...content, draft: 'x'.repeat(MAX_CASE_BYTES * 2) } }, 413],
      [{ content: { ...content, note: 'x'.repeat(4001) } }, 400],
      [{ content: null }, 400],
      [{ itemId: 'a\0b' }, 400],
      [{ itemId: 'x'.repeat(101) }, 400],
      [{ tier: 'none' }, 400],
      [{ dueAt: -1 }, 400],
    ];
    for (const [over, status] of bad) expect((await open(over)).status).toBe(status);
    const deep = `{"content":{"sources":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`;
    expect((await team.ask('POST', '/v1/cases', { as: mia.token, body: deep })).status).toBe(400);
    const { id } = await opened();
    for (const body of [
      decision('edit'),
      decision('edit', { text: ' ' }),
      decision('approve', { text: 'x' }),
      decision('reject'),
      decision('escalate'),
      decision('approve', { reasons: ['bored'] }),
    ])
      expect((await act(lee, id, 'resolve', 1, body)).status).toBe(400);
    expect((await read(lee, id)).case.version).toBe(1);
  });
});
