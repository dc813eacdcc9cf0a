import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEvent } from '../../lib/audit/event-build.ts';
import { commitmentOf } from '../../lib/audit/commitment.ts';
import { leafHash, ZERO_HASH } from '../../lib/audit/leaf.ts';
import type { EventType } from '../../lib/domain/event.ts';
import { fromBase64Url } from '../../lib/protocol/base64.ts';
import { comment, commentsReply, historyReply } from '../../lib/protocol/history.ts';
import { newLogid, type Made } from './pushes.ts';
import { BACKENDS, codeOf, openTeam, START_MS, type Person, type Team } from './team.ts';

const START = Date.UTC(2026, 10, 23);
const TYPES: readonly EventType[] = [
  'item.opened',
  'decision.approved',
  'decision.rejected',
  'delivery.match',
];

/** A device's log: the types in turn, a minute apart. */
function logOf(logid: string, length: number, site: string): Made[] {
  const made: Made[] = [];
  for (let seq = 0; seq < length; seq += 1) {
    const raw = buildEvent(
      {
        type: TYPES[seq % TYPES.length] ?? 'item.opened',
        itemId: `item-${seq}`,
        traceId: '',
        causationId: '',
        data: {},
      },
      {
        logid,
        seq,
        prevHash: made.at(-1)?.hash ?? ZERO_HASH,
        id: `00000000-0000-7000-b000-${String(seq).padStart(12, '0')}`,
        time: START + seq * 60_000,
        actor: { name: 'x', declared: true },
        siteId: site,
      },
    );
    made.push({ seq, raw, hash: leafHash(raw) });
  }
  return made;
}

describe.each(BACKENDS)('history on %s', (backend) => {
  let team: Team;
  let mia: Person;
  let max: Person;
  let lee: Person;
  const [hers, his] = [newLogid(), newLogid()];
  beforeAll(async () => {
    team = await openTeam(backend);
    mia = await team.add('Mia', 'reviewer');
    max = await team.add('Max', 'reviewer');
    lee = await team.add('Lee', 'lead');
    await team.pushTo(mia.token, hers, logOf(hers, 40, 'desk'));
    await team.pushTo(max.token, his, logOf(his, 40, 'mail'));
  }, START_MS);
  afterAll(() => team.stop());

  const search = async (query: string) =>
    historyReply.parse(
      await (await team.ask('GET', `/v1/history?${query}`, { as: lee.token })).json(),
    );
  const all = async (query: string) => {
    const entries = [];
    let page = await search(query);
    for (;;) {
      entries.push(...page.entries);
      if (page.next === null) return entries;
      page = await search(`${query}&cursor=${page.next}`);
    }
  };

  test('pages hold each decision once, newest first, as exact bytes with who brought it', async () => {
    const entries = await all('limit=7');
    expect(entries).toHaveLength(60);
    const raws = [...logOf(hers, 40, 'desk'), ...logOf(his, 40, 'mail')]
      .filter(({ seq }) => seq % 4 !== 0)
      .map(({ raw }) => raw);
    expect(entries.map(({ raw }) => raw).toSorted()).toEqual(raws.toSorted());
    const times = entries.map(({ raw }): string => JSON.parse(raw).time);
    expect(times).toEqual(times.toSorted().reverse());
    for (const { logid, member, hash, raw } of entries) {
      expect(member).toBe(logid === hers ? mia.id : max.id);
      expect(leafHash(raw)).toBe(hash);
    }
  });

  test('by person, outcome, site, item and time, together', async () => {
    expect(await all(`member=${mia.id}&limit=9`)).toHaveLength(30);
    expect(await all('outcome=decision.rejected')).toHaveLength(20);
    expect(await all('site=mail&outcome=decision.approved')).toHaveLength(10);
    expect(await all('item=item-5')).toHaveLength(2);
    // Of a colleague's item a lead's device speaks by the id of the case: by either name both are found.
    const caseId = '00000000-0000-7000-a000-000000000099';
    const opened = await team.ask('POST', '/v1/cases', {
      as: mia.token,
      body: {
        id: caseId,
        itemId: 'item-5',
        traceId: '',
        siteId: 'desk',
        tier: 'low',
        dueAt: null,
        content: { draft: 'x', sources: [], facts: [], note: '' },
      },
    });
    expect(opened.status).toBe(200);
    expect(await all(`item=${caseId}`)).toEqual(await all('item=item-5'));
    expect(await all(`item=${caseId}`)).toHaveLength(2);
    const since = START + 60_000;
    expect(await all(`since=${since}&until=${since + 120_000}&site=desk`)).toHaveLength(2);
    expect(await all(`member=${mia.id}&site=mail`)).toEqual([]);
  });

  test.each(['limit=0', 'limit=201', 'outcome=item.opened', 'cursor=x', 'since=-1', 'member=x'])(
    '%s: refused',
    async (query) => {
      const reply = await team.ask('GET', `/v1/history?${query}`, { as: lee.token });
      expect([reply.status, await codeOf(reply)]).toEqual([400, 'request-invalid']);
    },
  );

  test('what can not be searched for is stored and listed all the same', async () => {
    const logid = newLogid();
    const [odd] = logOf(logid, 2, 'a\0b').slice(1);
    const [first] = logOf(logid, 1, 'a\0b');
    if (odd === undefined || first === undefined) throw new Error('It was made');
    expect((await team.pushTo(mia.token, logid, [first, odd])).status).toBe(200);
    expect((await all(`member=${mia.id}`)).map(({ raw }) => raw)).toContain(odd.raw);
  });

  test('a remark of a lead: a commitment in the log, the text for the author and leads', async () => {
    const body = {
      id: '00000000-0000-7000-c000-000000000001',
      logid: hers,
      seq: 1,
      text: 'Canary: well caught',
    };
    const add = (by: Person, over: object = {}) =>
      team.ask('POST', '/v1/comments', { as: by.token, body: { ...body, ...over } });
    expect((await add(mia)).status).toBe(403);
    const added = comment.parse(await (await add(lee)).json());
    expect(comment.parse(await (await add(lee)).json())).toEqual(added);
    expect(await codeOf(await add(lee, { text: 'other' }))).toBe('key-reused');
    expect((await add(lee, { id: body.id.replace(/1$/, '2'), seq: 0 })).status).toBe(404);
    expect((await add(lee, { id: body.id.replace(/1$/, '2'), text: ' ' })).status).toBe(400);
    const read = (by: Person) =>
      team.ask('GET', `/v1/comments?logid=${hers}&seq=1`, { as: by.token });
    expect(commentsReply.parse(await (await read(mia)).json()).comments).toEqual([added]);
    expect((await read(max)).status).toBe(404);
    const { rows } = await sql<{ raw: string }>`SELECT raw FROM countersign.events
      WHERE raw LIKE '%comment.added%'`.execute(team.opened.db);
    expect(rows).toHaveLength(1);
    const raw = rows[0]?.raw ?? '';
    expect(raw).not.toContain('Canary');
    const salt = fromBase64Url(added.salt, 32) ?? new Uint8Array();
    expect(JSON.parse(raw)).toMatchObject({
      correlationid: 'item-1',
      authid: 'Lee',
      data: { comment: { commitment: commitmentOf('comment', salt, body.text) } },
    });
  });
});
