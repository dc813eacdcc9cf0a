import { create } from 'zustand';
import type { Verb } from '../domain/decision.ts';

/** The last decision taken in this panel, for the undo bar. */
export interface LastDecision {
  itemId: string;
  decisionId: string;
  verb: Verb | 'human';
}

/** Which entry of the trail is open. */
export interface EntryRef {
  logid: string;
  seq: number;
}

/** What the panel shows: view state only, never data. */
export interface PanelState {
  tab: 'queue' | 'history';
  openItemId: string | null;
  entry: EntryRef | null;
  /** Whose history a lead looks at. */
  scope: 'own' | 'team';
  filter: { person: string; outcome: string; siteId: string };
  last: LastDecision | null;
  /** The sentence that screen readers are told next. */
  announcement: string;
  helpOpen: boolean;
}

/** The panel's view state; `actions` are the only writers. */
export const usePanel = create<PanelState>(() => ({
  tab: 'queue',
  openItemId: null,
  entry: null,
  scope: 'own',
  filter: { person: '', outcome: '', siteId: '' },
  last: null,
  announcement: '',
  helpOpen: false,
}));

/** Every change of view state. */
export const panelActions = {
  showTab: (tab: PanelState['tab']) => usePanel.setState({ tab }),
  openItem: (openItemId: string | null) =>
    usePanel.setState(openItemId === null ? { openItemId } : { openItemId, tab: 'queue' }),
  openEntry: (entry: EntryRef | null) => usePanel.setState({ entry }),
  showScope: (scope: PanelState['scope']) => usePanel.setState({ scope }),
  filter: (part: Partial<PanelState['filter']>) =>
    usePanel.setState((state) => ({ filter: { ...state.filter, ...part } })),
  decided: (last: LastDecision | null) => usePanel.setState({ last }),
  announce: (announcement: string) => usePanel.setState({ announcement }),
  showHelp: (helpOpen: boolean) => usePanel.setState({ helpOpen }),
};

const HASH = /^#\/item\/(.+)$/u;

/** The item that an address like `#/item/ID` names; null for any other. */
export function itemOfHash(hash: string): string | null {
  const id = HASH.exec(hash)?.[1];
  return id === undefined ? null : decodeURIComponent(id);
}

/** The address of an item in the panel. */
export function hashOfItem(itemId: string | null): string {
  return itemId === null ? '#/' : `#/item/${encodeURIComponent(itemId)}`;
}
