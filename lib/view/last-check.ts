import * as z from 'zod/mini';
import type { Head } from '../audit/leaf.ts';

const KEY = 'lastCheck';

const lastCheck = z.object({
  at: z.number(),
  heads: z.array(z.object({ logid: z.string(), seq: z.number(), hash: z.string() })),
});

/** When everything was verified last, and the last entry of each log then. */
export interface LastCheck {
  at: number;
  heads: readonly Head[];
}

/** The last check as kept beside the panel; null when there was none, or it can't be read. */
export function readLastCheck(storage: Pick<Storage, 'getItem'>): LastCheck | null {
  try {
    const parsed = lastCheck.safeParse(JSON.parse(storage.getItem(KEY) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Keeps a check; without room for it the next one reads everything. */
export function keepLastCheck(storage: Pick<Storage, 'setItem'>, check: LastCheck): void {
  try {
    storage.setItem(KEY, JSON.stringify(check));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
