import { pressureOf } from '../domain/back-pressure.ts';
import { storageRoom } from '../platform/storage-room.ts';
import type { Worker } from './worker.ts';

/**
 * Whether the record has no room left: then nothing is let go, because soon what is let go could not be
 * recorded or proven any more. Everything else can still be decided.
 */
export async function isRecordFull(worker: Worker): Promise<boolean> {
  const { syncEndpoint } = await worker.settings();
  const [{ unsynced }, room] = await Promise.all([
    worker.store.counts(worker.now()),
    storageRoom(),
  ]);
  return pressureOf({ unsynced, hasEndpoint: syncEndpoint !== '', ...room }).level === 'full';
}
