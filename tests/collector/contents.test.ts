import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitmentOf } from '../../lib/audit/commitment.ts';
import { contentsReply, contentsStored, type ContentsRequest } from '../../lib/protocol/content.ts';
import { createMetrics } from '../../server/api/metrics.ts';
import { sweepContents } from '../../server/sweep-contents.ts';
import { makeLog, newLogid } from './pushes.ts';
import { BACKENDS, codeOf, openTeam, START_MS, type Person, type Team } from './team.ts';

const DAY_MS = 86_400_000;
const SALT = new Uint8Array(32).fill(7);
const NOTE = 'The amount was wrong.';
const NAMED = commitmentOf('note', SALT, NOTE);
const OTHER = commitmentOf('draft', SALT, 'Dear Ana');
const HEX = '07'.repeat(32);

describe.each(BACKENDS)('texts of entries on %s', (backend) => {
  let team: Team;
  let mia: Person;
  let ben: Person;
  let lead: Person;
  beforeAll(async () => {
    team = await openTeam(backend);
    mia = await team.add('Mia', 'reviewer');
    ben = await team.add('Ben', 'reviewer');
    lead = await team.add('Lea', 'lead');
  }, START_MS);
  afterAll(() => team?.stop());

  type Content = ContentsRequest['entries'][number]['contents'][number];
  const note: Content = {
    field: 'note',
    commitment: NAMED,
    text: NOTE,
    salt: HEX,
    cut: false,
    redactions: {},
  };
  const draft: Content = {
    field: 'draft',
    commitment: OTHER,
    text: 'Dear [email 1]',
    salt: null,
    cut: false,
    redactions: { email: 1 },
  };
  const body = (logid: string, contents: Content[], seq = 1): ContentsRequest => ({
    logid,
    entries: [{ seq, level: 'full', contents }],
  });
  const post = (as: Person, what: unknown) =>
    team.ask('POST', '/v1/contents', { as: as.token, body: what });
  const read = (as: Person, logid: string, seq = 1) =>
    team.ask('GET', `/v1/contents?logid=${logid}&seq=${seq}`, { as: as.token });
  /** A log of Mia's whose entries name both commitments. */
  const pushed = async () => {
    const logid = newLogid();
    const data = { note: { commitment: NAMED, length: 21 }, draft: { commitment: OTHER } };
    const reply = await team.pushTo(mia.token, logid, makeLog(logid, 3, data));
    expect(reply.status).toBe(200);
    return logid;
  };

  test('are held once, and read by whoever began the log and by leads', async () => {
    const logid = await pushed();
    const sent = body(logid, [note, draft]);
    expect(contentsStored.parse(await (await post(mia, sent)).json())).toEqual({ stored: 2 });
    const changed = body(logid, [{ ...draft, text: 'Dear somebody' }]);
    expect(contentsStored.parse(await (await post(mia, changed)).json())).toEqual({ stored: 0 });
    for (const who of [mia, lead]) {
      const { contents } = contentsReply.parse(await (await read(who, logid)).json());
      expect(contents).toMatchObject([draft, note]);
    }
    expect(await codeOf(await read(ben, logid))).toBe('not-found');
    expect(contentsReply.parse(await (await read(lead, logid, 2)).json())).toEqual({
      contents: [],
    });
    // The trail is what it was.
    const metrics = await (await team.ask('GET', '/metrics', { as: '' })).text();
    expect(metrics).toMatch(/countersign_contents_stored_total [1-9]/u);
    expect(metrics + JSON.stringify(team.lines)).not.toContain('amount was wrong');
  });

  test('are taken only for entries that are held, by whoever brought them', async () => {
    const logid = await pushed();
    expect(await codeOf(await post(mia, body(newLogid(), [note])))).toBe('gap');
    expect(await codeOf(await post(mia, body(logid, [note], 3)))).toBe('gap');
    for (const other of [ben, lead])
      expect(await codeOf(await post(other, body(logid, [note])))).toBe('forbidden');
    expect((await read(mia, logid)).status).toBe(200);
    expect(await (await read(mia, logid)).json()).toEqual({ contents: [] });
  });

  const strange = commitmentOf('note', SALT, 'Another text');
  test.each<[string, Content[] | string]>([
    ['a commitment that the entry does not name', [{ ...note, commitment: strange }]],
    ['one that nothing opens', [{ ...draft, commitment: strange }]],
    ['a salt and another text than was committed to', [{ ...note, text: `${NOTE}!` }]],
    ['a salt for another field', [{ ...note, field: 'edited' }]],
    ['a field twice', [note, note]],
    ['no texts', []],
    ['a zero byte', [{ ...draft, text: 'a\0b' }]],
    ['a lone surrogate', [{ ...draft, text: 'a\ud800b' }]],
    ['a kind that is a sentence', [{ ...draft, redactions: { 'Ana was here': 1 } }]],
    ['a level at which nothing leaves', 'ids'],
    ['a member too many', 'more'],
  ])('refuses %s', async (_, contents) => {
    const logid = await pushed();
    const good = body(logid, [note]);
    const [entry] = good.entries;
    const bad =
      contents === 'ids'
        ? { ...good, entries: [{ ...entry, level: 'ids' }] }
        : contents === 'more'
          ? { ...good, pageUrl: 'https://desk.example' }
          : { ...good, entries: [{ ...entry, contents }] };
    const reply = await post(mia, bad);
    expect(await codeOf(reply)).toBe('request-invalid');
    expect(await (await read(mia, logid)).json()).toEqual({ contents: [] });
  });

  test('nobody changes them; only what is older than a day can go', async () => {
    const logid = await pushed();
    await post(mia, body(logid, [note]));
    const { db } = team.opened;
    const tried = [
      sql`UPDATE countersign.contents SET text = 'x'`,
      sql`DELETE FROM countersign.contents`,
      sql`TRUNCATE countersign.contents`,
      sql`SELECT countersign.erase_contents('default', '9999-01-01T00:00:00.000Z')`,
      sql`SELECT countersign.erase_contents('default', ${new Date().toISOString()})`,
    ];
    for (const each of tried) await expect(each.execute(db)).rejects.toThrow();
    expect(await (await read(mia, logid)).json()).toMatchObject({ contents: [note] });
  });

  test('the sweep erases what is older than it may be, counts it, and leaves the trail', async () => {
    const old = await pushed();
    team.clock.now -= 40 * DAY_MS;
    await post(mia, body(old, [note, draft]));
    team.clock.now += 40 * DAY_MS;
    const young = await pushed();
    await post(mia, body(young, [note]));
    const metrics = createMetrics();
    const sweeping = {
      db: team.opened.db,
      log: () => undefined,
      now: () => team.clock.now,
      metrics,
    };
    expect(await sweepContents(sweeping, 41)).toBe(0);
    expect(await sweepContents(sweeping, 39)).toBe(2);
    expect(await sweepContents(sweeping, 39)).toBe(0);
    expect((await metrics.read()).text).toContain('countersign_contents_erased_total 2');
    expect(await (await read(mia, old)).json()).toEqual({ contents: [] });
    expect(await (await read(mia, young)).json()).toMatchObject({ contents: [note] });
    const events = await team.ask('GET', `/v1/logs/${old}/events`, { as: mia.token });
    expect(await events.json()).toMatchObject({ next: null, events: [{}, {}, {}] });
  });
});
