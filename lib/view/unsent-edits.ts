import * as z from 'zod/mini';

/** An edit that a person typed and did not decide yet. */
const unsentEdit = z.object({
  /** Version of the draft that the edit began from. */
  version: z.number(),
  base: z.string(),
  text: z.string(),
  at: z.number(),
});
export type UnsentEdit = z.infer<typeof unsentEdit>;

/** The part of `Storage` that is used; the panel hands in `localStorage`. */
export interface EditStorage {
  readonly length: number;
  key: (index: number) => string | null;
  getItem: (key: string) => string | null;
  setItem: (key: string, value: string) => void;
  removeItem: (key: string) => void;
}

const PREFIX = 'countersign.edit.';
/** Edits nobody came back to are dropped after this time, in milliseconds. */
const KEEP_MS = 14 * 24 * 3_600_000;

/**
 * Unsent edits by item. They stand in the panel's own `localStorage`: it is written before the call
 * returns, so an edit outlives a closed panel, browser or machine (`pagehide` never comes, ux.md L5),
 * web pages and content scripts cannot read it, and views do not write the store.
 */
export function unsentEdits(storage: EditStorage) {
  return {
    /** The edit of an item; null when there is none or it cannot be read. */
    read(itemId: string): UnsentEdit | null {
      const raw = storage.getItem(PREFIX + itemId);
      if (raw === null) return null;
      const parsed = unsentEdit.safeParse(parseJson(raw));
      return parsed.success ? parsed.data : null;
    },
    /** Keeps an edit. Returns false when the device refused it, which must be said. */
    write(itemId: string, edit: UnsentEdit): boolean {
      try {
        storage.setItem(PREFIX + itemId, JSON.stringify(edit));
        return true;
      } catch (error) {
        if (error instanceof DOMException) return false;
        throw error;
      }
    },
    drop(itemId: string): void {
      storage.removeItem(PREFIX + itemId);
    },
    /** Drops edits older than two weeks. */
    sweep(now: number): void {
      const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i));
      for (const key of keys) {
        if (key === null || !key.startsWith(PREFIX)) continue;
        const edit = this.read(key.slice(PREFIX.length));
        if (edit === null || now - edit.at > KEEP_MS) storage.removeItem(key);
      }
    },
  };
}

/** The unsent edits of one storage. */
export type UnsentEdits = ReturnType<typeof unsentEdits>;

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null; // Not ours or cut: the same as no edit.
  }
}
