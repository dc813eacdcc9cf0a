import { StoreReads } from './reads.ts';
import { CountersignDb, DATABASE } from './schema.ts';
import { yieldToOthers } from './yield-to-others.ts';

/**
 * Opens the database to read: what our pages need, without the code that writes the trail. A connection
 * that another version closed refuses every later read with `closed`.
 */
export function openReads(): StoreReads {
  const db = new CountersignDb(DATABASE);
  // Every read says so itself.
  yieldToOthers(db, () => undefined);
  return new StoreReads(db);
}
