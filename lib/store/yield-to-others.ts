import type { CountersignDb } from './schema.ts';

/** What a connection tells: it was closed under us, or it waits for another version of us. */
export type ConnectionTrouble = 'closed' | 'blocked';

/** Makes a connection give way to another version of us, and tell when it closes or must wait. */
export function yieldToOthers(
  db: CountersignDb,
  onTrouble: (trouble: ConnectionTrouble) => void,
): void {
  db.on('versionchange', () => {
    // A newer version wants to upgrade or delete: holding the database open would block it.
    db.close({ disableAutoOpen: true });
    onTrouble('closed');
    // Not Dexie's own answer, which would open it again at the next call.
    return false;
  });
  db.on('blocked', () => onTrouble('blocked'));
  db.on('close', () => onTrouble('closed'));
}
