import { takeCase } from '../../lib/background/cases/take-case.ts';
import { applyAnswer } from '../../lib/background/cases/apply-answer.ts';
import { asKnown } from '../../lib/background/cases/known-case.ts';
import { ownEnv } from '../../lib/background/worker.ts';
import type { DecisionRequest } from '../../lib/domain/decision.ts';
import { newCase, type CaseReply } from '../../lib/protocol/case.ts';
import type { Me } from '../../lib/settings/team-store.ts';
import type { Store } from '../../lib/store/store.ts';
import type { Bench } from './bench-worker.ts';
import type { Story } from './stories.ts';
import { TICKETS } from './tickets.ts';

const COLLECTOR = 'https://collector.desk.example/v1';
const HOUR_MS = 3_600_000;
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const PEOPLE = [
  { id: id(1), name: 'Ada Lind' },
  { id: id(2), name: 'Bartholomäus Featherstonehaugh-Cholmondeley' },
  { id: id(3), name: 'Mia' },
];

/** This browser's person, as the collector said it. */
const me = (n: 1 | 3, role: Me['role']): Me => ({
  member: { id: id(n), name: PEOPLE[n - 1]?.name ?? '', email: '' },
  role,
  org: 'default',
});

async function decide(
  bench: Bench,
  store: Store,
  find: (item: { threadKey: string; kind: string }) => boolean,
  over: Partial<DecisionRequest> & Pick<DecisionRequest, 'verb'>,
): Promise<string> {
  const item = (await store.queueItems(50)).find(find);
  if (item === undefined) throw new Error('No such item');
  const decisionId = crypto.randomUUID();
  await bench.call('item.decide', {
    decisionId,
    itemId: item.id,
    version: item.version,
    shownHash: item.boundHash,
    editedText: null,
    reasons: [],
    note: '',
    deferUntil: null,
    dwell: { visibleMs: 21_000, openMs: 38_000 },
    ...over,
  });
  return decisionId;
}

/** Escalates a ticket here and gives what the collector would then say of it. */
async function escalate(bench: Bench, store: Store, key: string): Promise<CaseReply> {
  const ticket = TICKETS.find((each) => each.key === key);
  if (ticket === undefined) throw new Error(`No ticket ${key}`);
  await bench.arrive(ticket);
  const note = 'The thread says another amount. May I promise this one?';
  await decide(bench, store, (item) => item.threadKey === key, { verb: 'escalate', note });
  const [row] = await store.caseOutbox();
  if (row === undefined) throw new Error('It is handed over');
  const {
    id: caseId,
    itemId,
    traceId,
    siteId,
    tier,
    dueAt,
    content,
  } = newCase.parse(JSON.parse(row.request));
  await store.commit(ownEnv(bench.worker), (tx) => tx.caseOutbox.delete(caseId));
  return {
    case: {
      id: caseId,
      itemId,
      traceId,
      siteId,
      tier,
      author: id(3),
      status: 'waiting',
      holder: null,
      heldUntil: null,
      dueAt,
      version: 1,
      createdAt: new Date(bench.worker.now() - 12 * 60_000).toISOString(),
      contentHash: '0'.repeat(64),
    },
    content,
    resolution: null,
    people: PEOPLE,
  };
}

/** What a lead answered. */
const answered = (
  reply: CaseReply,
  over: Partial<NonNullable<CaseReply['resolution']>>,
  shownHash: string,
): CaseReply => ({
  ...reply,
  case: { ...reply.case, status: 'resolved', version: 3 },
  resolution: {
    decisionId: id(90),
    outcome: 'approve',
    reasons: [],
    note: '',
    text: null,
    shownHash,
    by: id(2),
    at: new Date().toISOString(),
    ...over,
  },
});

const author = (
  then: (bench: Bench, reply: CaseReply, shownHash: string) => Promise<void>,
): Story => ({
  page: 'panel',
  open: '4821',
  async seed(bench, store) {
    bench.settings.set({ syncEndpoint: COLLECTOR, consentAt: 1 });
    bench.settings.join(me(3, 'reviewer'));
    const reply = await escalate(bench, store, '4821');
    const shownHash = (await store.item(reply.case.itemId))?.boundHash ?? '';
    await then(bench, reply, shownHash);
  },
});
const hear = (bench: Bench, reply: CaseReply) =>
  applyAnswer(bench.worker, reply, COLLECTOR, me(3, 'reviewer'));

const lead = (
  change: (reply: CaseReply) => CaseReply,
  then: (bench: Bench, store: Store, reply: CaseReply) => Promise<void> = async () => {},
): Story => ({
  page: 'panel',
  open: '4821',
  async seed(bench, store) {
    bench.settings.set({ syncEndpoint: COLLECTOR, consentAt: 1 });
    bench.settings.join(me(3, 'reviewer'));
    const reply = change(await escalate(bench, store, '4821'));
    bench.settings.join(me(1, 'lead'));
    await bench.call('item.undo', { itemId: reply.case.itemId, decisionId: reply.case.id });
    const own = await store.item(reply.case.itemId);
    if (own !== undefined)
      await store.commit(ownEnv(bench.worker), (tx) =>
        tx.items.put({ ...own, state: 'withdrawn', threadKey: '' }),
      );
    await takeCase(bench.worker, reply, COLLECTOR);
    await then(bench, store, reply);
  },
});
const head = (reply: CaseReply, over: Partial<CaseReply['case']>): CaseReply => ({
  ...reply,
  case: { ...reply.case, ...over },
});

/** A policy of the team that holds for this long. */
const policy = (lastsMs: number): Story => ({
  page: 'options',
  async seed(bench) {
    bench.settings.set({ syncEndpoint: COLLECTOR, sites: ['desk.example'], consentAt: 1 });
    bench.settings.join(me(3, 'reviewer'));
    bench.settings.sign({
      endpoint: COLLECTOR,
      seenAt: Date.now(),
      policy: {
        format: 'countersign-policy',
        v: 1,
        org: 'default',
        version: 4,
        notBefore: new Date(Date.now() - 48 * HOUR_MS).toISOString(),
        notAfter: new Date(Date.now() + lastsMs).toISOString(),
        settings: { mode: 'advise', contentLevel: 'edits', caseDueHours: 4 },
        key: '0'.repeat(16),
        signature: '',
      },
    });
  },
});

/** Escalations on both sides, the team's history, and what the team's collector told. */
export const teamStories = (
  decided: (bench: Bench, store: Store) => Promise<void>,
): Readonly<Record<string, Story>> => ({
  'case-sending': author(async () => {}),
  'case-held': author((bench, reply) =>
    hear(
      bench,
      head(reply, {
        status: 'claimed',
        version: 2,
        holder: id(2),
        heldUntil: Date.now() + HOUR_MS / 2,
      }),
    ),
  ),
  'case-rejected': author((bench, reply, shownHash) =>
    hear(
      bench,
      answered(
        reply,
        {
          outcome: 'reject',
          reasons: ['wrong-fact', 'policy'],
          note: 'We never promise a day. Say “soon” and link to the tracking page.',
        },
        shownHash,
      ),
    ),
  ),
  'case-not-taken': author((bench, reply) => hear(bench, answered(reply, {}, 'another'))),
  'case-lead': lead((reply) => reply),
  'case-lead-overdue': lead((reply) =>
    head(reply, { status: 'expired', dueAt: Date.now() - HOUR_MS }),
  ),
  'case-lead-held': lead((reply) =>
    head(reply, {
      status: 'claimed',
      version: 2,
      holder: id(2),
      heldUntil: Date.now() + HOUR_MS / 2,
    }),
  ),
  'case-lead-mine': lead((reply) =>
    head(reply, {
      status: 'claimed',
      version: 2,
      holder: id(1),
      heldUntil: Date.now() + HOUR_MS / 2,
    }),
  ),
  'case-lead-overtaken': lead(
    (reply) => reply,
    async (bench, store, reply) => {
      await decide(bench, store, ({ kind }) => kind === 'case', {
        verb: 'reject',
        reasons: ['tone'],
      });
      const item = await store.item(reply.case.id);
      if (item === undefined) throw new Error('It is here');
      await store.commit(ownEnv(bench.worker), (tx) =>
        tx.items.put({
          ...item,
          state: 'superseded',
          effect: 'failed',
          case: asKnown(answered(reply, {}, ''), COLLECTOR),
        }),
      );
    },
  ),
  'team-history': {
    page: 'panel',
    async seed(bench, store) {
      await decided(bench, store);
      bench.settings.set({ syncEndpoint: COLLECTOR, consentAt: 1 });
      bench.settings.join(me(1, 'lead'));
    },
  },
  'team-history-trouble': {
    page: 'panel',
    async seed(bench) {
      bench.settings.set({ syncEndpoint: COLLECTOR, consentAt: 1 });
      bench.settings.join(me(1, 'lead'));
      bench.team.fails = 'network';
    },
  },
  'policy-held': policy(24 * HOUR_MS),
  'policy-expired': policy(-HOUR_MS),
  'people-ended': {
    page: 'options',
    async seed(bench) {
      bench.settings.set({ syncEndpoint: COLLECTOR, consentAt: 1 });
      bench.people.show({ status: 'none', why: 'signed-out' });
    },
  },
});
