import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boundHash, type Bound } from '../domain/bound.ts';
import type { ComposerSnapshot } from '../domain/composer.ts';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import type { DecisionRequest } from '../domain/decision.ts';
import { testOutput } from '../domain/domain.test-support.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { CallSender } from '../messaging/serve.ts';
import { now } from '../platform/clock.ts';
import { randomBytes, traceId, uuid } from '../platform/random.ts';
import { defaultSettings } from '../settings/catalog.ts';
import { inForce } from '../settings/in-force.ts';
import { freshName } from '../store/store.test-support.ts';
import { openStore, type Store } from '../store/store.ts';
import { captureOutput } from './capture-output.ts';
import { checkComposer } from './check-composer.ts';
import { decideItem } from './decide-item.ts';
import { createOutputPool } from './pool.ts';
import { releaseHuman } from './release-human.ts';
import { undoDecision } from './undo-decision.ts';
import type { Worker } from './worker.ts';

const ANSWER = [
  'Thank you for sending the lamp back to us, it reached our workshop on Tuesday of this week.',
  'We have looked at the shade and at the cable, and we found that the switch inside had come loose.',
  'A new lamp leaves our warehouse this afternoon and should be with you before the weekend begins.',
];
const OTHER =
  'Our colleagues in the shop have put one table of that size aside for you, please come by until Friday evening and bring the number of your order along, so that nobody else takes it.';
const OWN = 'A colleague of mine will write to you tomorrow, I am on the phone right now.';

let store: Store;
let worker: Worker;
/** What stands in the one composer of the page, line by line; the effect writes into it. */
let lines: string[] = [];

const bound = (): Bound => ({
  text: lines.join('\n'),
  links: [],
  kind: 'reply',
  recipients: null,
  attachments: null,
});

beforeEach(async () => {
  store = openStore(freshName());
  lines = [];
  worker = {
    store,
    pool: createOutputPool(store, now),
    policy: DEFAULT_POLICY,
    settings: () => Promise.resolve({ ...defaultSettings(), reviewerName: 'Mia' }),
    inForce: () => Promise.resolve(inForce({ reviewerName: 'Mia' }, {})),
    // The page, played: it replaces whole blocks of a range, as the runtime does.
    callPage: ((_: unknown, name: string, request: never) => {
      if (name !== 'effect.apply') return Promise.resolve({});
      const { act, range, text } = request as {
        act: string;
        range: { firstBlock: number; lastBlock: number };
        text: string;
      };
      if (act === 'replace')
        lines.splice(range.firstBlock, range.lastBlock - range.firstBlock + 1, ...text.split('\n'));
      return Promise.resolve({ state: 'applied', reason: '', dropped: [], bound: bound() });
    }) as Worker['callPage'],
    now,
    uuid,
    traceId,
    randomBytes,
    extensionVersion: '0.1.0',
    committed: () => undefined,
  };
  const answers = { a: ANSWER.join('\n'), b: OTHER };
  for (const [id, text] of Object.entries(answers)) {
    const output = testOutput({ id, text, at: now() });
    await captureOutput(worker, { output, pageUrl: CHAT }, place());
  }
});
afterEach(() => store.close());

const CHAT = 'https://chat.example/1';

const place = (over: Partial<CallSender> = {}): CallSender => ({
  caller: 'content',
  origin: 'https://desk.example',
  tabId: 1,
  frameId: 0,
  documentId: 'first',
  windowId: 1,
  ...over,
});

const shows = (
  text: readonly string[],
  where: Partial<CallSender> = {},
  page: Partial<ComposerSnapshot> = {},
) => {
  lines = [...text];
  const snapshot: ComposerSnapshot = {
    composerId: 'reply.0',
    siteId: 'desk',
    threadKey: '7',
    subject: 'Lamp',
    pageUrl: 'https://desk.example/t',
    bound: bound(),
    blocks: lines.map((line) => ({ text: line, role: 'body' })),
    context: [],
    ...page,
  };
  return checkComposer(worker, snapshot, place(where));
};

async function itemsNow(): Promise<ReviewItem[]> {
  return store.itemsByComposer('reply.0');
}

async function decided(
  item: ReviewItem | undefined,
  verb: DecisionRequest['verb'],
  editedText: string | null = null,
): Promise<string> {
  if (item === undefined) throw new Error('there is no item');
  const decisionId = uuid();
  const outcome = await decideItem(worker, {
    decisionId,
    itemId: item.id,
    verb,
    version: item.version,
    shownHash: item.boundHash,
    editedText,
    reasons: ['other'],
    note: 'why',
    deferUntil: verb === 'defer' ? now() + 60_000 : null,
    dwell: { visibleMs: 1, openMs: 1 },
  });
  expect(outcome).toEqual({ ok: true });
  return decisionId;
}

describe.each(['escalate', 'defer'] as const)('after %s', (verb) => {
  const state = verb === 'escalate' ? 'escalated' : 'deferred';

  test('no other text in the composer takes the item out of the queue', async () => {
    await shows(ANSWER);
    await decided((await itemsNow())[0], verb);
    for (const text of [[OWN], [''], [OTHER], ANSWER]) await shows(text);
    const [first] = (await itemsNow()).filter(({ outputId }) => outputId === 'a');
    expect(first?.state).toBe(state);
    // The same draft, put back, is still held for that.
    expect(await shows(ANSWER)).toMatchObject({ state: 'item', status: state });
    expect(await shows([...ANSWER, 'Bye.'])).toMatchObject({ state: 'item', status: state });
  });

  test('another draft in its place is an item of its own, once', async () => {
    await shows(ANSWER);
    await decided((await itemsNow())[0], verb);
    await shows([OTHER]);
    await shows([OTHER, 'Bye.']);
    await shows([OTHER, 'Bye, Mia.']);
    expect((await itemsNow()).map((item) => `${item.outputId} ${item.state}`).toSorted()).toEqual([
      `a ${state}`,
      'b pending',
    ]);
  });
});

describe('an approved draft', () => {
  test('is not touched by what another tab shows', async () => {
    await shows(ANSWER);
    await decided((await itemsNow())[0], 'approve');
    for (const text of [[OWN], [OTHER], [...ANSWER, 'And more.']])
      await shows(text, { tabId: 2, documentId: 'second' });
    expect(await shows(ANSWER)).toMatchObject({ state: 'item', status: 'approved' });
  });

  test('is the same after a reload, and gone when its composer is emptied', async () => {
    await shows(ANSWER);
    await decided((await itemsNow())[0], 'approve');
    expect(await shows(ANSWER, { documentId: 'again' })).toMatchObject({ status: 'approved' });
    expect(await shows([OWN], { documentId: 'again' })).toMatchObject({ state: 'clear' });
    expect((await itemsNow()).map((item) => item.state)).toEqual(['withdrawn']);
  });

  test('where a site names no ticket, another page is another reply', async () => {
    const at = (page: string) => ({ threadKey: '', pageUrl: `https://desk.example/${page}` });
    await shows(ANSWER, {}, at('1'));
    await decided((await itemsNow())[0], 'approve');
    const other = await shows(ANSWER, { tabId: 2, documentId: 'second' }, at('2'));
    expect(other).toMatchObject({ state: 'item', status: 'undecided' });
    expect(await shows(ANSWER, {}, at('1'))).toMatchObject({ status: 'approved' });
    expect((await itemsNow()).map(({ pageUrl }) => pageUrl).toSorted()).toEqual([
      'https://desk.example/1',
      'https://desk.example/2',
    ]);
  });
});

test('what is one’s own text on one page is not so on another without a ticket', async () => {
  const at = (page: string) => ({ threadKey: '', pageUrl: `https://desk.example/${page}` });
  await shows(ANSWER, {}, at('1'));
  const [item] = await itemsNow();
  if (item === undefined) throw new Error('there is no item');
  await releaseHuman(worker, {
    decisionId: uuid(),
    itemId: item.id,
    version: item.version,
    shownHash: item.boundHash,
  });
  expect(await shows(ANSWER, {}, at('1'))).toMatchObject({ state: 'clear' });
  expect(await shows(ANSWER, {}, at('2'))).toMatchObject({ state: 'item' });
});

test('edited, taken back, edited again: nothing of the first edit is left over', async () => {
  const around = (text: readonly string[]) => ['Hi Ana,', ...text, 'Kind regards', 'Mia'];
  await shows(around(ANSWER));
  const first = [
    ...ANSWER,
    'We pay you 950 for your trouble.',
    'And we say that it was our fault.',
  ];
  const decision = await decided((await itemsNow())[0], 'edit', first.join('\n'));
  expect(lines).toEqual(around(first));
  const [edited] = await itemsNow();
  await undoDecision(worker, { decisionId: decision, itemId: edited?.id ?? '' });
  await shows(lines);
  const [again] = await itemsNow();
  expect(again).toMatchObject({ state: 'pending', draft: first.join('\n') });
  expect(again?.version).toBeGreaterThan(edited?.version ?? Infinity);

  const second = ANSWER.slice(0, 2).join('\n');
  await decided(again, 'edit', second);
  expect(lines).toEqual(around(ANSWER.slice(0, 2)));
  const [last] = await itemsNow();
  expect(last).toMatchObject({
    state: 'approved',
    effect: 'applied',
    boundHash: boundHash(bound()),
  });
});

test('an edit that left more behind than it should is not believed', async () => {
  await shows(ANSWER);
  const honest = worker.callPage;
  worker.callPage = (async (target: never, name: never, request: never, options: never) => {
    const reply: unknown = await honest(target, name, request, options);
    if (name !== 'effect.apply') return reply;
    lines.push('And 900 more.');
    return { ...(reply as object), bound: bound() };
  }) as Worker['callPage'];
  await decided((await itemsNow())[0], 'edit', 'A new lamp leaves today.');
  const [item] = await itemsNow();
  expect(item).toMatchObject({ state: 'pending', effect: 'failed', effectDetail: 'model-differs' });
  expect(item?.decision?.releasedHash).toBeNull();
});
