import 'fake-indexeddb/auto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkComposer } from '../../lib/background/check-composer.ts';
import type { ComposerSnapshot } from '../../lib/domain/composer.ts';
import { contentLevel, type ContentLevel } from '../../lib/domain/content-level.ts';
import { endpointKind, type EndpointKind } from '../../lib/domain/endpoint.ts';
import { freshName } from '../../lib/store/store.test-support.ts';
import { openStore, type Store } from '../../lib/store/store.ts';
import { createContentSync } from '../../lib/sync/content-sync.ts';
import { createSync } from '../../lib/sync/create-sync.ts';
import { reportText } from '../../lib/view/report.ts';
import { defaultSettings } from '../../lib/settings/catalog.ts';
import { inForce } from '../../lib/settings/in-force.ts';
import { openTeam, START_MS, type Team } from '../collector/team.ts';
import { benchWorker } from '../stories/bench-worker.ts';
import type { Ticket } from '../stories/tickets.ts';
import { CANARIES, foundIn, MAY_LEAVE, VALUES } from './canaries.ts';

const [card, , iban, mail, apiKey] = VALUES;
const TICKET: Ticket = {
  key: '1182',
  subject: `Refund for ${CANARIES.recipient}`,
  answer: `Hello Ana, order 1182 goes to the ${CANARIES.quoted} depot. We refund €120.00 to card ${card}, and the ${CANARIES.draft} stays with you. Write to ${mail} when it comes.`,
  age: 1,
  sources: [
    {
      kind: 'record',
      title: 'Order 1182',
      text: `Order 1182 goes to the ${CANARIES.quoted} depot, refund €102.00, key ${apiKey}.\n\nNothing else: ${CANARIES.record}.`,
    },
  ],
};
const EDITED = TICKET.answer.replace('120', '102').replace(CANARIES.draft, CANARIES.edited);
const NOTE = `${CANARIES.note}: paid from ${iban}, see ${mail}`;

let team: Team;
beforeAll(async () => {
  team = await openTeam('embedded');
}, START_MS);
afterAll(() => team?.stop());

/** A request as it left: address, each header and the body, inflated. */
interface Sent {
  url: string;
  path: string;
  headers: Headers;
  body: string;
}

const asText = ({ url, headers, body }: Sent): string =>
  [url, ...[...headers].map(([name, value]) => `${name}: ${value}`), body].join('\n');

/** Names that the team's helper writes itself, so that each is said once. */
const OWN_NAMES: Readonly<Record<string, string | null>> = {
  authorization: null,
  'content-type': 'Content-Type',
  'countersign-protocol': 'Countersign-Protocol',
};

/** What a page told of its reply box, of this customer. */
const SNAPSHOT: ComposerSnapshot = {
  composerId: 'composer-1',
  siteId: 'desk',
  threadKey: '1182',
  subject: TICKET.subject,
  pageUrl: `https://desk.example/${CANARIES.pageUrl}?q=${CANARIES.pageUrl}`,
  bound: {
    text: TICKET.answer,
    links: [],
    kind: 'reply',
    recipients: [`${CANARIES.recipient}@mail.example`],
    attachments: [`${CANARIES.record}.pdf`],
  },
  blocks: [{ text: TICKET.answer, role: 'body' }],
  context: TICKET.sources.map((source, at) => ({
    ...source,
    id: `source-${at}`,
    url: `https://crm.example/${CANARIES.record}`,
    internal: false,
    author: 'unknown' as const,
  })),
};
const SENDER = {
  caller: 'content' as const,
  origin: 'https://desk.example',
  tabId: 3,
  windowId: 1,
  frameId: 0,
  documentId: 'document-1',
};

/** An endpoint of a kind that keeps all that comes; the collector is a real one. */
function endpointOf(kind: EndpointKind, sent: Sent[]): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const bytes = Buffer.from(await request.clone().arrayBuffer());
    const isZipped = request.headers.get('content-encoding') === 'gzip';
    const body = (isZipped ? gunzipSync(bytes) : bytes).toString();
    const { pathname: path } = new URL(request.url);
    sent.push({ url: request.url, path, headers: request.headers, body });
    if (kind === 'webhook') return new Response(null, { status: 204 });
    if (kind === 'otlp') return Response.json({});
    const authorization = request.headers.get('authorization') ?? '';
    return team.ask(request.method, path + new URL(request.url).search, {
      as: authorization.replace('Bearer ', ''),
      ...(body === '' ? {} : { body }),
      headers: Object.fromEntries(
        [...request.headers].flatMap(([name, value]) => {
          const known = OWN_NAMES[name];
          return known === null ? [] : [[known ?? name, value]];
        }),
      ),
    });
  };
}

interface Run {
  store: Store;
  sent: Sent[];
}

/** Real use cases, a real store, the real engines; the wire is ours to read. */
async function run(kind: EndpointKind, level: ContentLevel, token: string): Promise<Run> {
  const store = openStore(freshName());
  const bench = benchWorker(store, Date.now);
  bench.settings.set({ reviewerName: 'Mia' });
  const sent: Sent[] = [];
  const target = { kind, endpoint: 'http://127.0.0.1:9', token };
  const deps = {
    store,
    now: Date.now,
    random: () => 0,
    fetch: endpointOf(kind, sent),
    lock: <T>(work: () => Promise<T>) => work(),
  };
  const events = createSync({
    ...deps,
    settings: () => Promise.resolve(target),
    env: () => ({
      now: Date.now,
      uuid: () => crypto.randomUUID(),
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      actor: { name: '', declared: false },
      extensionVersion: '0.1.0',
    }),
  });
  const contents = createContentSync({
    ...deps,
    settings: () => Promise.resolve({ ...target, level }),
  });
  await contents.sendNow();
  await bench.capture(TICKET);
  await checkComposer(bench.worker, SNAPSHOT, SENDER);
  const [item] = await store.queueItems(1);
  if (item === undefined) throw new Error('It is found');
  expect(item.place).not.toBeNull();
  await bench.call('item.decide', {
    decisionId: crypto.randomUUID(),
    itemId: item.id,
    verb: 'edit',
    version: item.version,
    shownHash: item.boundHash,
    editedText: EDITED,
    settled: ['*'],
    reasons: ['wrong-fact'],
    note: NOTE,
    deferUntil: null,
    dwell: { visibleMs: 1, openMs: 1 },
  });
  expect((await store.contentsFor(item.id)).map(({ field }) => field)).toContain('edited');
  expect(await events.syncNow({ asked: true })).toEqual({ state: 'synced' });
  await contents.sendNow({ asked: true });
  return { store, sent };
}

const all = Object.values(CANARIES);
const cases = endpointKind.options.flatMap((kind) =>
  contentLevel.options.map((level) => [kind, level] as const),
);

test.each(cases)('%s at level %s: what leaves is what the level allows', async (kind, level) => {
  const person = await team.add(`Mia ${kind} ${level}`, 'reviewer');
  const secret = `whsec_${Buffer.from(CANARIES.token.padEnd(32, 'x')).toString('base64')}`;
  const token = kind === 'collector' ? person.token : kind === 'webhook' ? secret : CANARIES.token;
  const { store, sent } = await run(kind, level, token);
  try {
    const withTexts = sent.filter(({ path }) => path === '/v1/contents');
    const others = sent.filter(({ path }) => path !== '/v1/contents');
    expect(others.length).toBeGreaterThan(0);
    const without = others.map((each) => {
      const headers = new Headers(each.headers);
      // The one place where the token belongs.
      headers.delete('authorization');
      return asText({ ...each, headers });
    });
    expect(foundIn(without, [...all, ...VALUES, token])).toEqual([]);

    const isAllowed = kind === 'collector' && level !== 'ids';
    expect(withTexts).toHaveLength(isAllowed ? 1 : 0);
    const bodies = withTexts.map(({ body }) => body);
    const may = isAllowed ? MAY_LEAVE[level].map((name) => CANARIES[name]) : [];
    // Exactly: what is allowed did leave, or the test would prove nothing.
    expect(foundIn(bodies, all).toSorted()).toEqual([...may].toSorted());
    expect(foundIn(bodies, VALUES)).toEqual([]);
    for (const { headers } of withTexts) {
      headers.delete('authorization');
      expect(foundIn([[...headers].join('\n')], [...all, token])).toEqual([]);
    }
    await expectQuietDevice(store, token);
  } finally {
    store.close();
  }
});

/** Diagnostics' report, kept errors, and an export without texts. */
async function expectQuietDevice(store: Store, token: string): Promise<void> {
  const settings = { ...defaultSettings(), syncToken: token, syncEndpoint: 'https://a.example' };
  const report = reportText({
    version: '0.1.0',
    browser: 'test',
    storage: { used: 0, quota: 0 },
    counts: null,
    inForce: inForce(settings, {}),
    problems: await store.problems(),
  });
  const lines = [report, JSON.stringify(await store.problems())];
  const how = { now: 0, extensionVersion: '0.1.0', contents: false };
  for await (const line of store.exportLines(how)) lines.push(line);
  expect(foundIn(lines, [...all, ...VALUES, token])).toEqual([]);
  // The same export with texts has them: the scan can see them.
  const whole: string[] = [];
  for await (const line of store.exportLines({ ...how, contents: true })) whole.push(line);
  expect(foundIn(whole, [CANARIES.draft, CANARIES.note, CANARIES.edited])).toHaveLength(3);
}

test('the collector says nothing of it: not in its log, its metrics, nor in what it refuses', async () => {
  const said: string[] = [];
  const email = await team.ask('POST', '/v1/members', {
    as: team.admin,
    body: { name: 'Mia', email: CANARIES.email, role: 'reviewer' },
  });
  expect(email.status).toBe(201);
  const marked = { [CANARIES.note]: CANARIES.draft, pageUrl: CANARIES.pageUrl };
  const bad: [string, string, unknown][] = [
    ['POST', '/v1/contents', marked],
    ['POST', '/v1/contents', `{"logid": "${CANARIES.note}"`],
    ['POST', `/v1/logs/${CANARIES.pageUrl}/events`, marked],
    ['GET', `/v1/contents?logid=${CANARIES.pageUrl}&seq=${CANARIES.record}`, undefined],
    ['POST', '/v1/members', { name: CANARIES.email, email: CANARIES.email, role: CANARIES.note }],
    ['GET', `/v1/${CANARIES.pageUrl}`, undefined],
  ];
  for (const as of [team.admin, CANARIES.token])
    for (const [method, path, body] of bad) {
      const reply = await team.ask(method, path, { as, ...(body === undefined ? {} : { body }) });
      expect(reply.status).toBeGreaterThanOrEqual(400);
      said.push(await reply.text(), [...reply.headers].join('\n'));
    }
  said.push(await (await team.ask('GET', '/metrics', { as: '' })).text());
  expect(team.lines.length).toBeGreaterThan(20);
  said.push(...team.lines.map((line) => JSON.stringify(line)));
  expect(foundIn(said, [...all, ...VALUES, team.admin])).toEqual([]);
});

test('the scan sees a canary however it is written', () => {
  const { draft } = CANARIES;
  const inside = `before ${draft} after`;
  for (const written of [
    inside,
    encodeURIComponent(inside),
    Buffer.from(inside).toString('hex'),
    Buffer.from(inside).toString('base64'),
    Buffer.from(`x${inside}`).toString('base64'),
    Buffer.from(`xy${inside}`).toString('base64'),
  ])
    expect(foundIn([written], [draft])).toEqual([draft]);
  expect(foundIn(['before after'], [draft])).toEqual([]);
});
