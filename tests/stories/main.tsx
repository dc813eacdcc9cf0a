import { Dexie } from 'dexie';
import { createRoot } from 'react-dom/client';
import { Panel } from '../../components/panel.tsx';
import { OptionsPage } from '../../components/settings/options-page.tsx';
import { ownEnv } from '../../lib/background/worker.ts';
import { uuid } from '../../lib/platform/random.ts';
import { openStore } from '../../lib/store/store.ts';
import { startArming } from '../../lib/view/arming.ts';
import type { BrowserHost } from '../../lib/view/browser-host.ts';
import { startI18n } from '../../lib/view/i18n.ts';
import options from '../../locales/en/options.json' with { type: 'json' };
import panel from '../../locales/en/panel.json' with { type: 'json' };
import { panelActions } from '../../lib/view/panel-store.ts';
import { ServicesProvider } from '../../lib/view/services.ts';
import type { StoreReads } from '../../lib/view/store-reads.ts';
import { unsentEdits } from '../../lib/view/unsent-edits.ts';
import { benchWorker, TAB } from './bench-worker.ts';
import { STORIES } from './stories.ts';
import '../../assets/panel.css';

const params = new URLSearchParams(location.search);
const story = STORIES[params.get('story') ?? ''];
if (story === undefined) throw new Error('No such story');

// A name of its own for each story, so that a reload finds what the page before it wrote.
const store = openStore(`story-${params.get('story')}-${params.get('run') ?? ''}`);
const now = () => Date.now();
const arming = startArming(window, now);
const bench = benchWorker(store, now);
const seeded = await store.head();
if (seeded === null) await story.seed?.(bench, store);

const host: BrowserHost = {
  version: '0.1.0',
  watchActiveTab(onTab) {
    onTab({ tabId: TAB, url: null });
    return () => undefined;
  },
  liveDocuments: async (places) =>
    new Set(
      places.map((place) => place.documentId).filter((id) => story.left?.includes(id) !== true),
    ),
  watchDocuments: () => () => undefined,
  watchUnseenPages(onPages) {
    onPages(story.unseen ?? []);
    return () => undefined;
  },
  reloadTab: (tabId) => bench.calls.push({ name: 'reload-tab', request: { tabId } }),
  shortcuts: async () => [{ name: 'Countersign', keys: 'Alt+Shift+K' }],
  hasOrigins: async (patterns) => !patterns.some((each) => each.includes('mail.example')),
  requestOrigins: async () => params.get('deny') === null,
  removeOrigins: async () => true,
  openOptions: () => undefined,
  openInTab: () => undefined,
  storageEstimate: async () => ({ used: 4_200_000, quota: 120_000_000_000 }),
};
const reads: StoreReads =
  story.reads === undefined
    ? store
    : new Proxy(store, {
        get: (target, key) => {
          const replaced: unknown = Reflect.get(story.reads ?? {}, key);
          if (replaced !== undefined) return replaced;
          const value: unknown = Reflect.get(target, key, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });

await startI18n('en', { panel, options });
if (params.get('text') !== null) bench.settings.set({ textSize: Number(params.get('text')) });
if (story.open !== undefined) {
  const isOpen = (each: { threadKey: string }) =>
    each.threadKey === story.open || story.open === '';
  const item =
    (await store.queueItems(50)).find(isOpen) ?? (await store.itemsChangedSince(0)).find(isOpen);
  panelActions.openItem(item?.id ?? null);
}
/** Changes a stored entry behind the product's back. */
async function tamper(seq: number): Promise<void> {
  const head = await store.head();
  const db = new Dexie(`story-${params.get('story')}-${params.get('run') ?? ''}`);
  await db.open();
  await db.table('events').update([head?.logid, seq], (row: { raw: string }) => {
    row.raw = row.raw.replace('"time":"20', '"time":"21');
  });
  db.close();
}
/** One more entry; its number. */
function append(): Promise<number> {
  return store.commit(ownEnv(bench.worker), async (tx) => {
    const event = { itemId: '', traceId: '', causationId: '' };
    return (await tx.append({ ...event, type: 'capture.gap', data: {} })).seq;
  });
}
Object.assign(globalThis, { bench, store, tamper, append });
const root = document.getElementById('root');
if (root === null) throw new Error('No root');
createRoot(root).render(
  <ServicesProvider
    value={{
      reads,
      call: bench.call,
      settings: bench.settings,
      edits: unsentEdits(localStorage),
      host,
      arming,
      headMirror: () => store.head(),
      now,
      uuid,
    }}
  >
    {story.page === 'panel' ? <Panel /> : <OptionsPage />}
  </ServicesProvider>,
);
