import type { DeviceVerdict } from '../../lib/audit/verify-logs.ts';
import { PROTOCOL_HEADER } from '../../lib/protocol/headers.ts';
import { eventsReply } from '../../lib/protocol/messages.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import type {
  CursorRow,
  EffectRow,
  EventRow,
  HeadRow,
  ReceiptRow,
  SyncState,
} from '../../lib/store/rows.ts';
import type { Held } from '../../lib/view/history-rows.ts';

/** The device's tables as they lie in its database. */
export interface DeviceRows {
  heads: HeadRow[];
  events: EventRow[];
  cursors: CursorRow[];
  receipts: ReceiptRow[];
  effects: EffectRow[];
  sync: SyncState[];
}

const TABLES = ['heads', 'events', 'cursors', 'receipts', 'effects', 'sync'];

/**
 * Reads whole tables without our own code. Stands alone, so that it can also be handed to a page of the
 * extension; null while there is no database.
 */
export function readTables({
  name,
  tables,
}: {
  name: string;
  tables: readonly string[];
}): Promise<Record<string, unknown[]> | null> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    // Not made yet: an empty one of ours would stand in its owner's way.
    request.addEventListener('upgradeneeded', () => request.transaction?.abort());
    request.addEventListener('error', () => resolve(null));
    request.addEventListener('success', () => {
      const db = request.result;
      const tx = db.transaction([...tables]);
      const rows: Record<string, unknown[]> = {};
      for (const table of tables) {
        const all = tx.objectStore(table).getAll();
        all.addEventListener('success', () => (rows[table] = all.result));
      }
      tx.addEventListener('complete', () => {
        db.close();
        resolve(rows);
      });
      tx.addEventListener('abort', () => reject(new Error(`Reading ${name} was aborted`)));
    });
  });
}

/** Reads a device's tables; `read` runs `readTables` where the database is. */
export async function readDevice(
  name: string,
  read: typeof readTables = readTables,
): Promise<DeviceRows> {
  const rows = await read({ name, tables: TABLES });
  if (rows === null) throw new Error(`There is no database ${name}`);
  return rows as unknown as DeviceRows;
}

/** One log as the collector holds it; `head` null when it knows no such log. */
export interface HeldLog {
  logid: string;
  head: { seq: number; hash: string } | null;
  events: { seq: number; hash: string; raw: string }[];
}

/** Asks a collector; the path is below its address. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** What a collector holds of some logs, read as an auditor reads it. */
export async function readCollector(
  ask: Ask,
  token: string,
  logids: Iterable<string>,
): Promise<HeldLog[]> {
  const headers = { Authorization: `Bearer ${token}`, [PROTOCOL_HEADER]: '1' };
  const held: HeldLog[] = [];
  for (const logid of new Set(logids)) {
    const head = await ask(PATHS.log(logid), { headers });
    if (head.status === 404) {
      held.push({ logid, head: null, events: [] });
      continue;
    }
    const log: HeldLog = { logid, head: (await head.json()).head, events: [] };
    for (let from: number | null = 0; from !== null;) {
      const reply = await ask(`${PATHS.events(logid)}?limit=500&from=${from}`, { headers });
      const page = eventsReply.parse(await reply.json());
      for (const { seq, hash, raw } of page.events) log.events.push({ seq, hash, raw });
      from = page.next;
    }
    held.push(log);
  }
  return held;
}

/** What a person is shown of the record. */
export interface Shown {
  /** Of the footer: how many wait to be sent, and the code of what is wrong, null when nothing is. */
  unsynced: number;
  problem: string | null;
  /** Of History: the tick of each entry, by `logid seq`. */
  held: Map<string, Held>;
  /** Of the trail check. */
  verdict: DeviceVerdict;
}
