import type { DecisionRequest } from '../../lib/domain/decision.ts';
import { StoreUnavailable } from '../../lib/store/errors.ts';
import type { UnseenPage } from '../../lib/messaging/unseen-pages.ts';
import type { Store } from '../../lib/store/store.ts';
import type { StoreReads } from '../../lib/view/store-reads.ts';
import { TAB, type Bench } from './bench-worker.ts';
import { PEOPLE_STORIES } from './people-stories.ts';
import { teamStories } from './team-stories.ts';
import { TICKETS, type Ticket } from './tickets.ts';

/** How one picture comes about. */
export interface Story {
  page: 'panel' | 'options';
  /** Puts the database and the settings into the state that is shown. */
  seed?: (bench: Bench, store: Store) => Promise<void>;
  /** Ticket whose item is open at the start. */
  open?: string;
  /** Documents that their tabs have left. */
  left?: readonly string[];
  /** Pages that were open before they were watched. */
  unseen?: readonly UnseenPage[];
  /** Reads that are replaced: for states that no data can show. */
  reads?: Partial<StoreReads>;
}

const ticket = (key: string): Ticket => {
  const found = TICKETS.find((each) => each.key === key);
  if (found === undefined) throw new Error(`No ticket ${key}`);
  return found;
};

const arrive =
  (...keys: readonly string[]) =>
  async (bench: Bench) => {
    for (const key of keys) await bench.arrive(ticket(key));
  };
const all = arrive(...TICKETS.map((each) => each.key));

async function decide(
  bench: Bench,
  store: Store,
  key: string,
  verb: DecisionRequest['verb'],
  over: Partial<DecisionRequest> = {},
): Promise<void> {
  const item = (await store.queueItems(50)).find((each) => each.threadKey === key);
  if (item === undefined) throw new Error(`No open item ${key}`);
  await bench.call('item.decide', {
    decisionId: crypto.randomUUID(),
    itemId: item.id,
    verb,
    version: item.version,
    shownHash: item.boundHash,
    editedText: null,
    reasons: [],
    note: '',
    deferUntil: null,
    dwell: { visibleMs: 21_000, openMs: 38_000 },
    ...over,
  });
}

const history = async (bench: Bench, store: Store) => {
  await all(bench);
  await decide(bench, store, '4833', 'approve');
  await decide(bench, store, '4821', 'edit', {
    editedText: ticket('4821').answer.replace('€120.00', '€102.00'),
    reasons: ['wrong-fact'],
  });
  await decide(bench, store, '4790', 'reject', { reasons: ['policy'], note: 'Link looks forged.' });
  await decide(bench, store, '4830', 'escalate', { note: 'Legal must see this.' });
  await decide(bench, store, '4841', 'send-back', { reasons: ['missed-question'] });
};

const never = () => new Promise<never>(() => undefined);
const broken = () => Promise.reject(new StoreUnavailable('newer-version', null));

/** Every state that has a picture, by name. */
export const STORIES: Readonly<Record<string, Story>> = {
  'queue-first-use': { page: 'panel', seed: async (bench) => bench.settings.set({ sites: [] }) },
  'queue-clear': { page: 'panel' },
  'queue-rows': { page: 'panel', seed: all },
  'queue-loading': { page: 'panel', reads: { queueItems: never } },
  'queue-trouble': { page: 'panel', reads: { queueItems: broken } },
  'queue-answer': {
    page: 'panel',
    seed: async (bench) => {
      await arrive('4833')(bench);
      await bench.capture({ ...ticket('4835'), key: 'chat' }, TAB);
    },
  },
  'queue-left': {
    page: 'panel',
    seed: arrive('4833', '4821'),
    left: ['document-4833'],
  },
  'queue-reload': {
    page: 'panel',
    seed: arrive('4833'),
    unseen: [
      { tabId: 9, documentId: 'mail', origin: 'https://mail.example' },
      { tabId: TAB, documentId: 'desk', origin: 'https://desk.example' },
    ],
  },
  'queue-not-synced': {
    page: 'panel',
    seed: async (bench, store) => {
      await all(bench);
      bench.settings.set({
        syncEndpoint: 'https://collector.example',
        sites: ['desk.example', 'mail.example'],
      });
      await store.setSync({
        nextAt: Date.now() + 12_000,
        attempt: 2,
        lastProblem: { code: 'http', detail: '503', at: Date.now() },
      });
    },
  },
  'detail-high': { page: 'panel', seed: all, open: '4821' },
  'detail-locked': { page: 'panel', seed: all, open: '4830' },
  'detail-low': { page: 'panel', seed: all, open: '4833' },
  'detail-no-sources': { page: 'panel', seed: all, open: '4835' },
  'detail-hidden': { page: 'panel', seed: all, open: '4790' },
  'detail-long': { page: 'panel', seed: all, open: '4841' },
  'detail-answer': {
    page: 'panel',
    seed: async (bench) => {
      const output = await bench.capture({ ...ticket('4835'), key: 'chat' }, TAB);
      await bench.call('output.review', { outputId: output.id });
    },
    open: '',
  },
  'detail-changed': {
    page: 'panel',
    seed: async (bench, store) => {
      await arrive('4833', '4835')(bench);
      await decide(bench, store, '4833', 'approve');
      await bench.compose(ticket('4833'), ticket('4833').answer.replace('3 working', '5 working'));
    },
    open: '4833',
  },
  'detail-failed': {
    page: 'panel',
    seed: async (bench, store) => {
      await arrive('4833', '4835')(bench);
      bench.answers.pageFails = 'model-differs';
      await decide(bench, store, '4833', 'edit', { editedText: 'Hi Tom, all is well.' });
    },
    open: '4833',
  },
  'detail-left': { page: 'panel', seed: all, open: '4833', left: ['document-4833'] },
  'history-witnessed': {
    page: 'panel',
    seed: async (bench, store) => {
      await arrive('4833', '4835', '4821')(bench);
      const sync = async (receipt: boolean) => {
        const head = await store.head();
        if (head !== null) await store.ack(head, receipt ? { text: '{}', at: Date.now() } : null);
      };
      await decide(bench, store, '4833', 'approve');
      await sync(true);
      await decide(bench, store, '4835', 'defer');
      await sync(false);
      await decide(bench, store, '4821', 'reject', { reasons: ['tone'] });
    },
  },
  'history-first-use': { page: 'panel' },
  history: { page: 'panel', seed: history },
  'history-loading': { page: 'panel', reads: { historyPage: never } },
  'history-trouble': { page: 'panel', reads: { historyPage: broken } },
  ...PEOPLE_STORIES,
  ...teamStories(history),
  'options-first-use': {
    page: 'options',
    seed: async (bench) => bench.settings.set({ sites: [], reviewerName: '' }),
  },
  'options-managed': {
    page: 'options',
    seed: async (bench) => {
      bench.settings.set({ sites: ['desk.example'], consentAt: 1 });
      bench.settings.manage({
        mode: 'sometimes',
        sites: ['desk.example', 'https://*.mail.example'],
        syncEndpoint: 'https://collector.example/v1',
        ruleTiers: { 'words-promise': 'high' },
        reviewerRole: 'lead',
      });
    },
  },
  'options-privacy': {
    page: 'options',
    seed: async (bench, store) => {
      await all(bench);
      await decide(bench, store, '4821', 'edit', {
        editedText: ticket('4821').answer.replace('€120.00', '€102.00'),
        reasons: ['wrong-fact'],
        note: 'Paid with 4111 1111 1111 1111, write to ana@mail.example.',
      });
      bench.settings.set({
        sites: ['desk.example'],
        syncEndpoint: 'https://collector.example/v1',
        contentLevel: 'full',
        consentAt: 1,
      });
      await store.useContentLevel('https://collector.example/v1', 'full');
      await store.setContentSync({ lastProblem: { code: 'timeout', detail: '', at: Date.now() } });
    },
  },
  'queue-managed': {
    page: 'panel',
    seed: async (bench) => {
      await arrive('4833')(bench);
      bench.settings.manage({ mode: 'enforce', syncEndpoint: '' });
    },
  },
  options: {
    page: 'options',
    seed: async (bench, store) => {
      await arrive('4833')(bench);
      bench.settings.set({
        sites: ['desk.example', 'https://*.mail.example'],
        siteModes: { 'desk.example': 'enforce' },
        syncEndpoint: 'https://collector.example/v1',
        syncToken: 'cs_example_9f2c',
        consentAt: 1,
      });
      await store.addProblem({ at: Date.now(), code: 'sync-failed', detail: 'status 503' });
    },
  },
};
