import type { Page } from '@playwright/test';
import type { Source } from '../../../lib/domain/assessment.ts';
import type { Output } from '../../../lib/domain/output.ts';
import type { ReviewItem } from '../../../lib/domain/item.ts';
import type { StoredEvent } from '../../../lib/domain/event.ts';
import type { Extension } from '../../e2e/support/extension.ts';

/** What the extension keeps, read straight from its database, past its own code. */
export interface Record {
  /** Oldest first. */
  outputs(): Promise<readonly Output[]>;
  /** What the newest version of an item was checked against. */
  sources(itemId: string): Promise<readonly Source[]>;
  /** The events of one item, oldest first. */
  events(itemId: string): Promise<readonly StoredEvent[]>;
  /** Signed receipts of the endpoint, as they came. */
  receipts(): Promise<readonly string[]>;
  /** Types of the events of one item, oldest first. */
  story(itemId: string): Promise<readonly string[]>;
  /** The one draft in this ticket's composer. Throws where one draft became several items. */
  itemOf(ticket: number): Promise<ReviewItem | undefined>;
}

const readTable = (page: Page, table: string): Promise<unknown[]> =>
  page.evaluate(
    (name) =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open('countersign');
        opening.addEventListener('error', () => reject(new Error('the database does not open')));
        opening.addEventListener('success', () => {
          const { result: database } = opening;
          const reading = database.transaction(name).objectStore(name).getAll();
          reading.addEventListener('error', () => reject(new Error(`no ${name}`)));
          reading.addEventListener('success', () => {
            database.close();
            resolve(reading.result);
          });
        });
      }),
    table,
  );

/** Opens a page of the extension to read from. Nothing of the extension runs in it. */
export const openRecord = async (extension: Extension): Promise<Record> => {
  const page = await extension.open('_locales/en/messages.json');
  const items = async () => (await readTable(page, 'items')) as ReviewItem[];
  const events = async () =>
    ((await readTable(page, 'events')) as StoredEvent[]).toSorted((a, b) => a.seq - b.seq);
  return {
    outputs: async () =>
      ((await readTable(page, 'outputs')) as { output: Output }[])
        .map(({ output }) => output)
        .toSorted((a, b) => a.at - b.at),
    sources: async (itemId) =>
      ((await readTable(page, 'sources')) as { itemId: string; sources: Source[] }[]).find(
        (row) => row.itemId === itemId,
      )?.sources ?? [],
    events: async (itemId) => (await events()).filter((event) => event.itemId === itemId),
    receipts: async () =>
      ((await readTable(page, 'receipts')) as { receipt: string }[]).map((row) => row.receipt),
    story: async (itemId) =>
      (await events()).filter((event) => event.itemId === itemId).map(({ type }) => type),
    itemOf: async (ticket) => {
      const [one, ...more] = (await items()).filter((item) => item.threadKey === String(ticket));
      if (more.length > 0) throw new Error(`ticket ${ticket} has ${more.length + 1} items`);
      return one;
    },
  };
};
