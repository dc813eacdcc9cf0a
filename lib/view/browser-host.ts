import { watchUnseenPages, type UnseenPage } from '../messaging/unseen-pages.ts';
import { browser } from '../platform/browser.ts';
import { storageRoom } from '../platform/storage-room.ts';

/** The tab that the person looks at beside the panel. */
export interface ActiveTab {
  tabId: number;
  url: string | null;
}

/** A document of a tab. */
export interface DocumentPlace {
  tabId: number;
  documentId: string;
}

/** The few things the screens ask of the browser. Stories hand in fixtures. */
export interface BrowserHost {
  version: string;
  /** The active tab of this window, now and after each change; returns how to stop. */
  watchActiveTab: (onTab: (tab: ActiveTab | null) => void) => () => void;
  /** Ids of those documents that are still in their tabs, with our runtime in them. */
  liveDocuments: (places: readonly DocumentPlace[]) => Promise<ReadonlySet<string>>;
  /** Told when documents may have come or gone; returns how to stop. */
  watchDocuments: (onChange: () => void) => () => void;
  /** Pages open since before they were watched, now and after each change; returns how to stop. */
  watchUnseenPages: (onPages: (pages: readonly UnseenPage[]) => void) => () => void;
  /** Loads a tab again; a tab that is gone needs none. */
  reloadTab: (tabId: number) => void;
  /** Shortcuts as the browser really assigned them: description and keys, '' for none. */
  shortcuts(): Promise<readonly { name: string; keys: string }[]>;
  hasOrigins: (patterns: readonly string[]) => Promise<boolean>;
  /** Must be called in the turn of a click: Chrome asks the person. */
  requestOrigins: (patterns: readonly string[]) => Promise<boolean>;
  removeOrigins: (patterns: readonly string[]) => Promise<boolean>;
  openOptions: (section: string) => void;
  openInTab: (hash: string) => void;
  storageEstimate(): Promise<{ used: number; quota: number }>;
}

async function currentTab(): Promise<ActiveTab | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id === undefined ? null : { tabId: tab.id, url: tab.url ?? null };
}

/** Whether our runtime hears in this very document. It takes calls only from the worker: this is none. */
async function isLive({ tabId, documentId }: DocumentPlace): Promise<boolean> {
  try {
    await browser.tabs.sendMessage(tabId, { countersign: 'there?' }, { documentId });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

/** The host of a real extension page. */
export function browserHost(): BrowserHost {
  return {
    version: browser.runtime.getManifest().version,
    watchActiveTab(onTab) {
      const tell = () => void currentTab().then(onTab, () => onTab(null));
      const onUpdated = (_id: number, change: { url?: string; status?: string }) => {
        if (change.url !== undefined || change.status === 'complete') tell();
      };
      browser.tabs.onActivated.addListener(tell);
      browser.tabs.onUpdated.addListener(onUpdated);
      tell();
      return () => {
        browser.tabs.onActivated.removeListener(tell);
        browser.tabs.onUpdated.removeListener(onUpdated);
      };
    },
    async liveDocuments(places) {
      const found = await Promise.all(places.map(isLive));
      return new Set(places.filter((_, i) => found[i]).map(({ documentId }) => documentId));
    },
    watchDocuments(onChange) {
      const onUpdated = (_id: number, change: { status?: string }) => {
        if (change.status !== undefined) onChange();
      };
      browser.tabs.onUpdated.addListener(onUpdated);
      browser.tabs.onRemoved.addListener(onChange);
      return () => {
        browser.tabs.onUpdated.removeListener(onUpdated);
        browser.tabs.onRemoved.removeListener(onChange);
      };
    },
    watchUnseenPages,
    reloadTab: (tabId) => void browser.tabs.reload(tabId).catch(() => undefined),
    async shortcuts() {
      const commands = await browser.commands.getAll();
      return commands.map(({ name, description, shortcut }) => ({
        name: description || name || '',
        keys: shortcut ?? '',
      }));
    },
    hasOrigins: (patterns) => browser.permissions.contains({ origins: [...patterns] }),
    requestOrigins: (patterns) => browser.permissions.request({ origins: [...patterns] }),
    removeOrigins: (patterns) => browser.permissions.remove({ origins: [...patterns] }),
    openOptions: (section) => {
      void browser.tabs.create({ url: `${location.origin}/options.html#${section}` });
    },
    openInTab: (hash) => {
      void browser.tabs.create({ url: `${location.origin}/sidepanel.html${hash}` });
    },
    storageEstimate: storageRoom,
  };
}
