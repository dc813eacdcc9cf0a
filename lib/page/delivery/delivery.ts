import type { RequestOf, ToWorker } from '../../messaging/contracts.ts';
import type { WatchedComposer } from '../composer/watched-composer.ts';
import { partText } from '../context/read-context.ts';
import type { Body } from '../gate/body.ts';
import { findAll } from '../locate/query.ts';
import type { PageState } from '../state.ts';
import { findAlike, isAmong } from './find-delivered.ts';

export type DeliveryRead = RequestOf<ToWorker['delivery.read']>;

/** How long after a send the thread is looked at for it, in milliseconds. */
const LOOK_FOR_MS = 20_000;
/** A reply that only resembles the sent one is believed after this time: it may still be coming in. */
const SETTLED_MS = 3000;
/** Longest stored reply that is read, in UTF-16 units; the contract's cap. */
const MAX_TEXT = 1_048_576;

export interface Delivery {
  /** A reply of this item was let through, with this text. */
  sent(itemId: string, text: string): void;
  /** Replies that were sent before this document came to be. */
  awaiting(replies: readonly { itemId: string; text: string }[]): void;
  /** A form body left with the composer's text. */
  body: (composer: WatchedComposer, body: Body) => void;
  /** The page may show the sent reply now. */
  look(): void;
}

/** Reads back what was sent: from the form body, and from the thread as the app shows it later. */
export function createDelivery(options: {
  state: PageState;
  document: Document;
  now: () => number;
  report: (read: DeliveryRead) => void;
}): Delivery {
  const { state, document, now, report } = options;
  const open = new Map<string, { text: string; since: number; before: readonly string[] }>();

  const entries = () => {
    const delivered = state.site?.delivered;
    if (delivered === undefined) return [];
    return findAll(document, delivered.each).map((one) => partText(one, delivered, MAX_TEXT));
  };

  /** `before`: what the thread showed when Send was pressed; none of it is the reply. */
  const wait = (itemId: string, text: string, before: readonly string[]) => {
    open.set(itemId, { text, since: now(), before });
  };

  /** Entries less those that stood there before, one for one. */
  const arrived = (stored: readonly string[], before: readonly string[]) => {
    const old = [...before];
    return stored.filter((entry) => {
      const at = old.indexOf(entry);
      if (at !== -1) old.splice(at, 1);
      return at === -1;
    });
  };

  return {
    sent(itemId, text) {
      wait(itemId, text, entries());
    },
    awaiting(replies) {
      for (const { itemId, text } of replies) if (!open.has(itemId)) wait(itemId, text, []);
    },
    body(composer, body) {
      if (composer.verdict?.state !== 'item') return;
      const { itemId } = composer.verdict;
      if (body.text === null) return;
      const text = body.text.slice(0, MAX_TEXT);
      report({ itemId, how: 'form-body', text, kind: body.kind });
    },
    look() {
      if (open.size === 0 || state.site === null) return;
      // A site that locates no sent replies cannot be read: the form body is all there is.
      if (state.site.delivered === undefined) open.clear();
      const stored = entries();
      for (const [itemId, { text, since, before }] of open) {
        const fresh = arrived(stored, before);
        const waited = now() - since;
        const alike = () => (waited > SETTLED_MS ? findAlike(text, fresh) : null);
        const found = isAmong(text, fresh) ? text : alike();
        if (found !== null) report({ itemId, how: 'thread', text: found, kind: null });
        else if (waited > LOOK_FOR_MS) report({ itemId, how: 'none', text: null, kind: null });
        else continue;
        open.delete(itemId);
      }
    },
  };
}
