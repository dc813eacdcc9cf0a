import { browser } from '../platform/browser.ts';

/** The tab that the person looks at beside the panel. */
export interface ActiveTab {
  tabId: number;
  url: string | null;
}

/** The few things the screens ask of the browser. Stories hand in fixtures. */
export interface BrowserHost {
  version: string;
  /** The active tab of this window, now and after each change; returns how to stop. */
  watchActiveTab: (onTab: (tab: ActiveTab | null) => void) => () => void;
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
    async storageEstimate() {
      const { usage, quota } = await navigator.storage.estimate();
      return { used: usage ?? 0, quota: quota ?? 0 };
    },
  };
}
