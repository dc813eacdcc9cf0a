import type { Page } from '@playwright/test';

/** Rows of the extension's own tables, as stored. */
export interface Rows {
  events: { seq: number; type: string; itemId: string; raw: string; hash: string }[];
  items: {
    id: string;
    threadKey: string;
    version: number;
    boundHash: string;
    state: string;
    tier: string;
    effect: string;
    delivery: string;
    draft: string;
    outputId: string;
    decision: { decisionId: string; verb: string } | null;
    kind: string;
    case?: { caseId: string; version: number; answer: { outcome: string } | null };
  }[];
  outputs: { id: string; output: { text: string; evidence: string[]; model: string | null } }[];
  effects: { decisionId: string; itemId: string; state: string; reason: string }[];
  problems: { code: string; detail: string }[];
}

/** Reads the database through a page of the extension, once it is there; nothing is written. */
export async function readRows(extensionPage: Page): Promise<Rows> {
  for (let tries = 0; tries < 100; tries += 1) {
    const rows = await tryRows(extensionPage);
    if (rows !== null) return rows;
    await extensionPage.waitForTimeout(100);
  }
  throw new Error('The worker made no database');
}

function tryRows(extensionPage: Page): Promise<Rows | null> {
  return extensionPage.evaluate(
    () =>
      new Promise<Rows | null>((resolve) => {
        const request = indexedDB.open('countersign');
        // The worker has not made it yet: an empty one of ours would stand in its way.
        request.onupgradeneeded = () => request.transaction?.abort();
        request.onerror = () => resolve(null);
        request.onsuccess = () => {
          const db = request.result;
          const names = ['events', 'items', 'outputs', 'effects', 'problems'] as const;
          const tx = db.transaction([...names]);
          const rows: Record<string, unknown> = {};
          for (const name of names) {
            const all = tx.objectStore(name).getAll();
            all.onsuccess = () => {
              rows[name] = all.result;
            };
          }
          tx.oncomplete = () => {
            db.close();
            resolve(rows as unknown as Rows);
          };
        };
      }),
  );
}
