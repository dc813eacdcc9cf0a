import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { boundHash } from '../../lib/domain/bound.ts';
import { DEFAULT_POLICY } from '../../lib/domain/default-policy.ts';
import type { DecisionRequest } from '../../lib/domain/decision.ts';
import type { ReviewItem } from '../../lib/domain/item.ts';
import { applyAnswer } from '../../lib/background/cases/apply-answer.ts';
import { resumeEffects } from '../../lib/background/carry-out.ts';
import { takeCaseNews } from '../../lib/background/cases/case-news.ts';
import { decideItem } from '../../lib/background/decide-item.ts';
import { createOutputPool } from '../../lib/background/pool.ts';
import { releaseHuman } from '../../lib/background/release-human.ts';
import { dropCases, takeCase } from '../../lib/background/cases/take-case.ts';
import { tellCases } from '../../lib/background/cases/tell-cases.ts';
import { undoDecision } from '../../lib/background/undo-decision.ts';
import type { Worker } from '../../lib/background/worker.ts';
import { caseReply, type CaseReply } from '../../lib/protocol/case.ts';
import { CLAIM_MS } from '../../lib/protocol/case-state.ts';
import { inForce } from '../../lib/settings/in-force.ts';
import type { CaseTelling } from '../../lib/settings/case-telling-store.ts';
import type { Me } from '../../lib/settings/team-store.ts';
import {
  freshName,
  testAssessment,
  testEnv,
  testItem,
} from '../../lib/store/store.test-support.ts';
import { openStore } from '../../lib/store/store.ts';
import { askCollector } from '../../lib/sync/ask-collector.ts';
import { createCaseClient } from '../../lib/sync/case-client.ts';
import { BACKENDS, openTeam, START_MS, type Person, type Team } from './team.ts';

const ENDPOINT = 'https://collector.example';
const DRAFT = 'Hello Ana, the van leaves on Monday.';
const FIXED = 'Hello Ana, the van leaves soon.';
let made = 0;
const newId = () => {
  made += 1;
  return `00000000-0000-7000-b000-${String(made).padStart(12, '0')}`;
};

/** A device of a person: the real store and use cases, the real collector; the page and the wire are the test's. */
function device(team: Team, person: Person) {
  const me: Me = {
    member: { id: person.id, name: person.name, email: '' },
    role: person.role,
    org: 'default',
  };
  const store = openStore(freshName());
  const env = testEnv(person.name, team.clock.now, made + 50);
  /** What the page was asked to do; how it answers. */
  const page = { asked: [] as { act: string; text: string }[], isOpen: true, text: DRAFT };
  /** Called around each request; what it throws is a wire that broke. */
  const wire = { before: (_path: string) => {}, after: (_path: string) => {} };
  const settings = { syncEndpoint: ENDPOINT, syncToken: person.token };
  /** Called around each commit; what it throws is the worker's death there. */
  const death = { before: () => {}, after: () => {} };
  const commit: typeof store.commit = async (as, work) => {
    death.before();
    const done = await store.commit(as, work);
    death.after();
    return done;
  };
  const mortal = new Proxy(store, {
    get(target, key) {
      if (key === 'commit') return commit;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const worker: Worker = {
    store: mortal,
    pool: createOutputPool(store, () => team.clock.now),
    policy: DEFAULT_POLICY,
    settings: () => Promise.resolve(inForce(settings, {}).settings),
    inForce: () =>
      Promise.resolve(
        inForce(settings, {}, { held: null, team: { endpoint: ENDPOINT, me }, now: 0 }),
      ),
    callPage: ((_target: unknown, name: string, request: { act: string; text: string }) => {
      if (name !== 'effect.apply') return Promise.resolve({});
      const gone = { state: 'failed', reason: 'gone', dropped: [], bound: null };
      if (!page.isOpen) return Promise.resolve(gone);
      page.asked.push({ act: request.act, text: request.text });
      if (request.act === 'replace') page.text = request.text;
      const bound = boundOf(page.text);
      return Promise.resolve({ state: 'applied', reason: '', dropped: [], bound });
    }) as Worker['callPage'],
    now: () => team.clock.now,
    uuid: newId,
    traceId: () => 'a'.repeat(32),
    randomBytes: env.randomBytes,
    extensionVersion: '0.1.0',
    committed: () => {},
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    wire.before(pathname);
    const headers = new Headers(init?.headers);
    const reply = await team.ask(init?.method ?? 'GET', `${pathname}${search}`, {
      as: person.token,
      ...(init?.body instanceof Uint8Array ? { body: new TextDecoder().decode(init.body) } : {}),
      ...(headers.has('If-Match')
        ? { ifMatch: Number(headers.get('If-Match')?.replaceAll('"', '')) }
        : {}),
    });
    wire.after(pathname);
    return reply;
  };
  const target = { endpoint: ENDPOINT, token: person.token };
  const client = createCaseClient((question) => askCollector({ fetch }, target, question));
  let telling: CaseTelling = { endpoint: ENDPOINT, nextAt: 0, attempt: 0, lastProblem: null };
  const tell = async () => {
    telling = { ...telling, nextAt: 0 };
    return tellCases({
      worker,
      client,
      here: () => Promise.resolve({ me: person.id, endpoint: ENDPOINT }),
      read: () => Promise.resolve(telling),
      write: (state) => {
        telling = state;
        return Promise.resolve();
      },
      random: () => 0.5,
      lock: (work) => work(),
    });
  };
  const hear = () => takeCaseNews(worker, client, { me, endpoint: ENDPOINT }, 'all');
  const item = async (id: string) => {
    const found = await store.item(id);
    if (found === undefined) throw new Error(`No item ${id}`);
    return found;
  };
  const events = async (type: string) => {
    const rows: unknown[] = [];
    const how = { now: 0, extensionVersion: '0.1.0', contents: false };
    for await (const line of store.exportLines(how)) {
      const { line: kind, raw } = JSON.parse(line);
      if (kind === 'event' && raw.includes(`dev.countersign.${type}.v1`))
        rows.push(JSON.parse(raw));
    }
    return rows as { authid?: string; authassurance?: string; data: Record<string, unknown> }[];
  };
  /** A draft in a composer here. */
  const draft = async (over: Partial<ReviewItem> = {}): Promise<ReviewItem> => {
    const bound = boundOf(DRAFT);
    const fresh = testItem(newId(), { draft: DRAFT, bound, boundHash: boundHash(bound), ...over });
    await store.commit(env, async (tx) => {
      await tx.items.put(fresh);
      await tx.assessments.put(fresh.id, fresh.version, { ...testAssessment, tier: fresh.tier });
      await tx.sources.put(fresh.id, [
        {
          id: 's1',
          kind: 'thread',
          title: 'Ana',
          url: null,
          text: 'The van leaves on Monday.',
          internal: false,
          author: 'customer',
        },
      ]);
    });
    return fresh;
  };
  const decide = async (
    id: string,
    verb: DecisionRequest['verb'],
    over: Partial<DecisionRequest> = {},
  ) => {
    const { version, boundHash: shownHash } = await item(id);
    const decisionId = newId();
    const outcome = await decideItem(worker, {
      decisionId,
      itemId: id,
      verb,
      version,
      shownHash,
      editedText: null,
      reasons: [],
      note: '',
      deferUntil: null,
      dwell: { visibleMs: 1, openMs: 1 },
      ...over,
    });
    return { decisionId, outcome };
  };
  return {
    me,
    store,
    worker,
    page,
    wire,
    death,
    client,
    env,
    tell,
    hear,
    item,
    events,
    draft,
    decide,
  };
}

const boundOf = (text: string) => ({
  text,
  links: [],
  kind: 'reply' as const,
  recipients: null,
  attachments: null,
});

type Device = ReturnType<typeof device>;

describe.each(BACKENDS)('a team over %s', (backend) => {
  let team: Team;
  let people: Record<'mia' | 'lee' | 'lou', Person>;
  beforeAll(async () => {
    team = await openTeam(backend);
    people = {
      mia: await team.add('Mia', 'reviewer'),
      lee: await team.add('Lee', 'lead'),
      lou: await team.add('Lou', 'lead'),
    };
  }, START_MS);
  afterAll(() => team.stop());

  /** Escalates a draft of `by`, told to the collector; gives item and case. */
  const escalated = async (by: Device, over: Partial<ReviewItem> = {}) => {
    const { id } = await by.draft(over);
    const { decisionId: caseId, outcome } = await by.decide(id, 'escalate', { note: 'Monday?' });
    expect(outcome).toEqual({ ok: true });
    expect(await by.tell()).toBeNull();
    return { id, caseId };
  };

  test('what was escalated is before the lead with draft, sources and note, checked there anew', async () => {
    const [mia, lee] = [device(team, people.mia), device(team, people.lee)];
    const { id, caseId } = await escalated(mia, { tier: 'medium', subject: 'The van' });
    expect((await mia.item(id)).case).toMatchObject({ version: 1, answer: null });
    await lee.hear();
    const theirs = await lee.item(caseId);
    expect(theirs).toMatchObject({
      kind: 'case',
      state: 'pending',
      tier: 'medium',
      draft: DRAFT,
      subject: 'The van',
      case: { author: { id: people.mia.id, name: 'Mia' }, note: 'Monday?' },
    });
    expect(await lee.store.sourcesFor(caseId)).toMatchObject([
      { text: 'The van leaves on Monday.' },
    ]);
    const assessment = await lee.store.assessmentFor(caseId, 1);
    expect(assessment?.sourceCount).toBe(1);
    // Its author's own devices have no such item, and no reviewer has.
    const second = device(team, people.mia);
    await second.hear();
    expect(await second.store.item(caseId)).toBeUndefined();
  });

  test('an edit of the lead is written into the draft, exactly, once; both records name both', async () => {
    const [mia, lee] = [device(team, people.mia), device(team, people.lee)];
    const { id, caseId } = await escalated(mia);
    await lee.hear();
    const { decisionId } = await lee.decide(caseId, 'edit', {
      editedText: FIXED,
      note: 'Better so.',
    });
    await lee.tell();
    expect(await lee.item(caseId)).toMatchObject({ state: 'approved', effect: 'applied' });
    for (let times = 0; times < 3; times += 1) await mia.hear();
    expect(mia.page.asked.filter(({ act }) => act === 'replace')).toEqual([
      { act: 'replace', text: FIXED },
    ]);
    const done = await mia.item(id);
    expect(done).toMatchObject({ state: 'approved', draft: FIXED, effect: 'applied' });
    expect(done.decision).toMatchObject({ decisionId, by: 'Lee' });
    expect(done.decision?.releasedHash).toBe(boundHash(boundOf(FIXED)));
    expect(done.case?.answer).toMatchObject({ note: 'Better so.', refused: '' });
    expect(await mia.events('case.applied')).toMatchObject([
      { data: { caseId, decisionId, outcome: 'edit', by: people.lee.id, refused: '' } },
    ]);
    expect(await lee.events('decision.edited')).toMatchObject([
      { authid: 'Lee', authassurance: 'verified', data: { caseId, member: people.lee.id } },
    ]);
    // It can't be taken back any more, by nobody.
    for (const [who, itemId] of [
      [mia, id],
      [lee, caseId],
    ] as const)
      expect(await undoDecision(who.worker, { decisionId, itemId })).toMatchObject({ ok: false });
  });

  test('an approval releases the text that was handed over, and nothing when it is another by then', async () => {
    const [mia, lee] = [device(team, people.mia), device(team, people.lee)];
    const [same, other] = [await escalated(mia), await escalated(mia)];
    const changed = boundOf('Hello Ana, it never leaves.');
    await mia.store.commit(mia.env, async (tx) => {
      const item = await mia.item(other.id);
      await tx.items.put({ ...item, bound: changed, boundHash: boundHash(changed), version: 2 });
    });
    await lee.hear();
    for (const { caseId } of [same, other]) await lee.decide(caseId, 'approve');
    await lee.tell();
    await mia.hear();
    expect(await mia.item(same.id)).toMatchObject({
      state: 'approved',
      decision: { releasedHash: boundHash(boundOf(DRAFT)) },
    });
    const left = await mia.item(other.id);
    expect(left).toMatchObject({ state: 'pending', decision: null });
    expect(left.case?.answer?.refused).toBe('changed');
    expect(mia.page.asked.filter(({ act }) => act === 'release')).toHaveLength(1);
    // Decided here now: the lead's answer stands in nobody's way.
    expect((await mia.decide(other.id, 'approve')).outcome).toEqual({ ok: true });
  });

  test('a draft that stands nowhere any more waits for its page, then gets the answer', async () => {
    const [mia, lee] = [device(team, people.mia), device(team, people.lee)];
    const { id, caseId } = await escalated(mia);
    await lee.hear();
    await lee.decide(caseId, 'edit', { editedText: FIXED });
    await lee.tell();
    mia.page.isOpen = false;
    await mia.hear();
    await resumeEffects(mia.worker);
    expect(await mia.item(id)).toMatchObject({ state: 'approved', effect: 'pending' });
    mia.page.isOpen = true;
    await resumeEffects(mia.worker);
    expect(await mia.item(id)).toMatchObject({ effect: 'applied', draft: FIXED });
  });

  test('locked: nobody decides at their own desk, and no collector can make them', async () => {
    const [lee, lou] = [device(team, people.lee), device(team, people.lou)];
    const own = await lee.draft({ tier: 'locked' });
    for (const verb of ['approve', 'edit'] as const) {
      const { outcome } = await lee.decide(own.id, verb, { editedText: 'x' });
      expect(outcome).toMatchObject({ ok: false, refusal: 'second-person' });
    }
    const { id, caseId } = await escalated(lee, { tier: 'locked' });
    // The collector says no by itself.
    const shownHash = (await lee.item(id)).boundHash;
    const body = { outcome: 'approve' as const, reasons: [], note: '', text: null, shownHash };
    const told = await lee.client.act(caseId, 'resolve', 1, { ...body, decisionId: newId() });
    expect(told).toMatchObject({ ok: false, refused: 'second-person' });
    // One that lies says that the author approved: nothing is released here.
    const truth = await lee.client.read(caseId);
    if (!truth.ok) throw new Error('It is there');
    const lie: CaseReply = {
      ...truth.value,
      case: { ...truth.value.case, status: 'resolved', version: 2 },
      resolution: { ...body, decisionId: newId(), by: people.lee.id, at: new Date().toISOString() },
    };
    await applyAnswer(lee.worker, lie, ENDPOINT, lee.me);
    expect((await lee.item(id)).case?.answer?.refused).toBe('second-person');
    expect(lee.page.asked.some(({ act }) => act === 'release')).toBe(false);
    expect(await lee.item(id)).toMatchObject({ state: 'pending', decision: null });
    // Somebody else may.
    await lou.hear();
    expect((await lou.decide(caseId, 'approve')).outcome).toEqual({ ok: true });
    await lou.tell();
    expect((await lou.item(caseId)).effect).toBe('applied');
  });

  test('an answer about another text, or a second one, does nothing', async () => {
    const [mia] = [device(team, people.mia)];
    const { id, caseId } = await escalated(mia);
    const truth = await mia.client.read(caseId);
    if (!truth.ok) throw new Error('It is there');
    const answer = (shownHash: string): CaseReply => ({
      ...truth.value,
      case: { ...truth.value.case, status: 'resolved', version: 2 },
      resolution: {
        decisionId: newId(),
        outcome: 'approve',
        reasons: [],
        note: '',
        text: null,
        shownHash,
        by: people.lee.id,
        at: new Date().toISOString(),
      },
    });
    await applyAnswer(mia.worker, answer(boundHash(boundOf('other'))), ENDPOINT, mia.me);
    expect((await mia.item(id)).case?.answer?.refused).toBe('other-text');
    await applyAnswer(mia.worker, answer((await mia.item(id)).boundHash), ENDPOINT, mia.me);
    expect(await mia.item(id)).toMatchObject({ state: 'pending', decision: null });
    expect(mia.page.asked.some(({ act }) => act === 'release')).toBe(false);
  });

  test('what leads have is let go by no word of its author, nor while the record is full', async () => {
    const mia = device(team, people.mia);
    const own = async (id: string) => {
      const { version, boundHash: shownHash } = await mia.item(id);
      return releaseHuman(mia.worker, { decisionId: newId(), itemId: id, version, shownHash });
    };
    const { id } = await escalated(mia);
    expect(await own(id)).toMatchObject({ ok: false, refusal: 'with-leads' });
    const counts = vi.spyOn(mia.store, 'counts');
    counts.mockResolvedValue({ waiting: 0, decidedToday: 0, unsynced: 100_001 });
    const other = await mia.draft();
    for (const verb of ['approve', 'edit'] as const) {
      const { outcome } = await mia.decide(other.id, verb, { editedText: FIXED });
      expect(outcome).toMatchObject({ ok: false, refusal: 'record-full' });
    }
    expect(await own(other.id)).toMatchObject({ ok: false, refusal: 'record-full' });
    expect((await mia.item(other.id)).state).toBe('pending');
    // Nothing is let go, and everything else is still decided.
    expect((await mia.decide(other.id, 'escalate')).outcome).toEqual({ ok: true });
    counts.mockRestore();
  });

  test('two leads: the second is told who was first, and both decisions are recorded', async () => {
    const [mia, lee, lou] = [
      device(team, people.mia),
      device(team, people.lee),
      device(team, people.lou),
    ];
    const { id, caseId } = await escalated(mia);
    await Promise.all([lee.hear(), lou.hear()]);
    await lee.decide(caseId, 'approve');
    await lou.decide(caseId, 'reject', { reasons: ['tone'] });
    await lee.tell();
    await lou.tell();
    const lost = await lou.item(caseId);
    expect(lost).toMatchObject({ state: 'superseded', effect: 'failed' });
    expect(lost.case?.answer).toMatchObject({ by: { name: 'Lee' }, outcome: 'approve' });
    expect(await lou.events('decision.rejected')).toHaveLength(1);
    expect(await lou.events('case.superseded')).toMatchObject([
      { data: { caseId, by: people.lee.id, outcome: 'approve' } },
    ]);
    await mia.hear();
    expect(await mia.item(id)).toMatchObject({ state: 'approved', decision: { by: 'Lee' } });
    const { rows } = await team.opened.db
      .withSchema('countersign')
      .selectFrom('events')
      .select('raw')
      .where('raw', 'like', `%${caseId}%`)
      .execute()
      .then((found) => ({ rows: found.map(({ raw }) => raw) }));
    expect(rows.some((raw) => raw.includes('case.attempt-lost'))).toBe(true);
  });

  test('a claim keeps others out for its time, and its own answer still counts', async () => {
    const [mia, lee, lou] = [
      device(team, people.mia),
      device(team, people.lee),
      device(team, people.lou),
    ];
    const { caseId } = await escalated(mia);
    await Promise.all([lee.hear(), lou.hear()]);
    expect(await lee.client.act(caseId, 'claim', 1)).toMatchObject({ ok: true });
    await lou.hear();
    expect((await lou.decide(caseId, 'approve')).outcome).toMatchObject({ refusal: 'claimed' });
    // It has not heard of its own claim: only the version is old, so it is told again.
    expect((await lee.decide(caseId, 'reject', { reasons: ['policy'] })).outcome).toEqual({
      ok: true,
    });
    await lee.tell();
    expect(await lee.item(caseId)).toMatchObject({ state: 'rejected', effect: 'applied' });
  });

  test('a claim that ran out is nobody’s', async () => {
    const [mia, lee, lou] = [
      device(team, people.mia),
      device(team, people.lee),
      device(team, people.lou),
    ];
    const { caseId } = await escalated(mia);
    await lee.hear();
    await lee.client.act(caseId, 'claim', 1);
    await lou.hear();
    team.clock.now += CLAIM_MS + 1;
    expect((await lou.decide(caseId, 'approve')).outcome).toEqual({ ok: true });
    await lou.tell();
    expect((await lou.item(caseId)).effect).toBe('applied');
  });

  test('taken back: before it was told, after it, and too late', async () => {
    const [mia, lee] = [device(team, people.mia), device(team, people.lee)];
    const back = (id: string, decisionId: string) =>
      undoDecision(mia.worker, { decisionId, itemId: id });

    const untold = await mia.draft();
    const { decisionId } = await mia.decide(untold.id, 'escalate');
    expect(await back(untold.id, decisionId)).toEqual({ ok: true });
    await mia.tell();
    expect(await mia.client.read(decisionId)).toMatchObject({ refused: 'not-found' });
    expect(await mia.store.caseOutbox()).toEqual([]);

    const told = await escalated(mia);
    await lee.hear();
    expect(await back(told.id, told.caseId)).toEqual({ ok: true });
    expect(await mia.item(told.id)).toMatchObject({ state: 'pending' });
    await mia.tell();
    await lee.hear();
    expect((await lee.item(told.caseId)).state).toBe('withdrawn');

    const late = await escalated(mia);
    await lee.hear();
    await lee.decide(late.caseId, 'approve');
    await lee.tell();
    expect(await back(late.id, late.caseId)).toEqual({ ok: true });
    await mia.tell();
    await mia.hear();
    expect(await mia.item(late.id)).toMatchObject({ state: 'pending', decision: null });
    expect(mia.page.asked.some(({ act }) => act === 'release')).toBe(false);
  });

  test('the wire breaks before or after any one request: the end is the same', async () => {
    for (const when of ['before', 'after'] as const)
      for (let nth = 0; nth < 6; nth += 1) {
        const [mia, lee] = [device(team, people.mia), device(team, people.lee)];
        let count = 0;
        const breaks = () => {
          count += 1;
          if (count === nth + 1) throw new TypeError('network');
        };
        mia.wire[when] = breaks;
        lee.wire[when] = breaks;
        const { id } = await mia.draft();
        const { decisionId: caseId } = await mia.decide(id, 'escalate');
        for (let tries = 0; tries < 2; tries += 1) await mia.tell();
        for (let tries = 0; tries < 2; tries += 1) await lee.hear();
        await lee.decide(caseId, 'edit', { editedText: FIXED });
        for (let tries = 0; tries < 2; tries += 1) await lee.tell();
        for (let tries = 0; tries < 2; tries += 1) await mia.hear();
        expect(await lee.item(caseId), `${when} ${nth}`).toMatchObject({ effect: 'applied' });
        expect(await mia.item(id), `${when} ${nth}`).toMatchObject({
          state: 'approved',
          draft: FIXED,
        });
        expect(mia.page.asked.filter(({ act }) => act === 'replace')).toHaveLength(1);
        expect(await mia.events('case.applied')).toHaveLength(1);
      }
  });

  test('a worker dies before or after any one commit: the end is the same', async () => {
    class Death extends Error {}
    const survives = async (work: () => Promise<unknown>) => {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof Death)) throw error;
      }
    };
    let deaths = 0;
    for (const who of ['mia', 'lee'] as const)
      for (const when of ['before', 'after'] as const)
        for (let nth = 1; ; nth += 1) {
          const [mia, lee] = [device(team, people.mia), device(team, people.lee)];
          let count = 0;
          let died = false;
          (who === 'mia' ? mia : lee).death[when] = () => {
            count += 1;
            if (count !== nth) return;
            died = true;
            throw new Death();
          };
          const at = `${who} ${when} ${nth}`;
          const { id } = await mia.draft();
          const decidedId = async (by: Device, itemId: string) =>
            (await by.item(itemId)).decision?.decisionId ?? null;
          // What was not recorded was not done: the person sees it, and presses again.
          for (let tries = 0; tries < 2 && (await decidedId(mia, id)) === null; tries += 1)
            await survives(() => mia.decide(id, 'escalate'));
          const caseId = (await decidedId(mia, id)) ?? '';
          for (let tries = 0; tries < 2; tries += 1) await survives(mia.tell);
          for (let tries = 0; tries < 2; tries += 1) await survives(lee.hear);
          for (let tries = 0; tries < 2 && (await decidedId(lee, caseId)) === null; tries += 1)
            await survives(() => lee.decide(caseId, 'edit', { editedText: FIXED }));
          for (let tries = 0; tries < 2; tries += 1) await survives(lee.tell);
          for (let tries = 0; tries < 2; tries += 1) await survives(mia.hear);
          await survives(() => resumeEffects(mia.worker));
          expect(await lee.item(caseId), at).toMatchObject({
            state: 'approved',
            effect: 'applied',
          });
          expect(await mia.item(id), at).toMatchObject({
            state: 'approved',
            effect: 'applied',
            draft: FIXED,
          });
          expect(await mia.events('case.applied'), at).toHaveLength(1);
          expect(await mia.events('decision.escalated'), at).toHaveLength(1);
          expect(await lee.events('decision.edited'), at).toHaveLength(1);
          if (!died) break;
          deaths += 1;
        }
    expect(deaths).toBeGreaterThan(12);
  });

  test('what a colleague’s device sends is not believed: odd sources go, an unknown form is said', async () => {
    const [mia, lee] = [device(team, people.mia), device(team, people.lee)];
    const { caseId } = await escalated(mia);
    const truth = caseReply.parse(
      await lee.client.read(caseId).then((told) => told.ok && told.value),
    );
    const { content } = truth;
    const odd = { ...content, sources: [...content.sources, { id: 7 }, 'x', null] };
    await takeCase(lee.worker, { ...truth, content: odd }, ENDPOINT);
    expect(await lee.store.sourcesFor(caseId)).toHaveLength(1);
    const unknown = {
      ...truth,
      case: { ...truth.case, id: newId() },
      content: { ...content, shown: 1 },
    };
    await takeCase(lee.worker, unknown, ENDPOINT);
    expect(await lee.store.item(unknown.case.id)).toBeUndefined();
    expect(await lee.store.problems()).toMatchObject([{ code: 'case-unreadable' }]);
  });

  test('access ended: colleagues’ texts leave the device, one’s own record stays', async () => {
    const [mia, lee] = [device(team, people.mia), device(team, people.lee)];
    const { caseId } = await escalated(mia, { subject: 'Secret subject' });
    await lee.hear();
    await dropCases(lee.worker);
    const left = await lee.item(caseId);
    expect(left).toMatchObject({ state: 'withdrawn', draft: '', subject: '' });
    expect(await lee.store.sourcesFor(caseId)).toEqual([]);
    const all = JSON.stringify([left, await lee.store.assessmentFor(caseId, 1)]);
    expect(all).not.toMatch(/van leaves|Secret|Monday/);
  });
});
