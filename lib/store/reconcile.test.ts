import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Head } from '../audit/leaf.ts';
import { CountersignDb } from './schema.ts';
import { draft, freshName, testEnv } from './store.test-support.ts';
import { openStore, type Store } from './store.ts';

function mirrored(name: string): { store: Store; mirror: () => Head | null } {
  const store = openStore(name);
  let kept: Head | null = null;
  store.headMirror = (head) => {
    kept = head;
  };
  return { store, mirror: () => kept };
}

async function append(store: Store, n: number, space: number): Promise<void> {
  const env = testEnv('Mia', 1_000_000 * space, space);
  for (let i = 0; i < n; i += 1) {
    await store.commit(env, (tx) => tx.append(draft('decision.approved', { i })));
  }
}

test('first run, then ok, then behind after a kill between commit and mirror', async () => {
  const { store, mirror } = mirrored(freshName());
  expect(await store.reconcileHead(testEnv(), null)).toBe('first-run');
  await append(store, 3, 1);
  const older = mirror();
  expect(await store.reconcileHead(testEnv(), older)).toBe('ok');
  await append(store, 2, 2);
  const newest = mirror();
  expect(await store.reconcileHead(testEnv(), older)).toBe('behind');
  expect(mirror()).toEqual(newest);
  expect(await store.reconcileHead(testEnv(), null)).toBe('behind');
  expect((await store.head())?.seq).toBe(5);
  store.close();
});

test('a vanished database leaves a scar: a new log that links the lost one', async () => {
  const first = mirrored(freshName());
  await append(first.store, 5, 1);
  const lost = first.mirror();
  first.store.close();

  const { store, mirror } = mirrored(freshName());
  expect(await store.reconcileHead(testEnv('', 5_000_000, 3), lost)).toBe('lost');
  const head = await store.head();
  expect(mirror()).toEqual(head);
  expect(head?.logid).not.toBe(lost?.logid);
  const entries = [
    await store.entry(head?.logid ?? '', 0),
    await store.entry(head?.logid ?? '', 1),
  ];
  expect(entries.map((entry) => entry?.event?.type)).toEqual(['log.started', 'log.lost']);
  expect(entries[0]?.event?.data).toMatchObject({ reason: 'wipe-detected', previous: lost });
  expect(entries[1]?.event?.data).toEqual({ expected: lost, found: null });

  // Killed before the new head was mirrored: it is not lost twice.
  expect(await store.reconcileHead(testEnv(), lost)).toBe('behind');
  expect(await store.head()).toEqual(head);
  expect(await store.verify({ mirror: head, since: null })).toMatchObject({
    state: 'not-evaluated',
    logs: [{ unevaluated: ['log-lost'], breaks: [] }],
  });
  store.close();
});

test('a database put back from an older copy is lost, and the old log shows the cut', async () => {
  const name = freshName();
  const { store, mirror } = mirrored(name);
  await append(store, 9, 1);
  const full = mirror();
  const db = new CountersignDb(name);
  const logid = full?.logid ?? '';
  await db.events.where('[logid+seq]').between([logid, 5], [logid, []]).delete();
  const last = await db.events.get([logid, 4]);
  await db.heads.update(logid, { seq: 4, hash: last?.hash ?? '' });
  db.close();

  expect(await store.reconcileHead(testEnv('', 5_000_000, 3), full)).toBe('lost');
  await append(store, 2, 4);
  const verdict = await store.verify({ mirror: mirror(), since: null });
  expect(verdict.state).toBe('broken');
  expect(verdict.logs.map((log) => [log.state, log.breaks])).toEqual([
    ['verified', []],
    ['broken', [{ kind: 'cut', meaning: 'tail', seq: 5, to: 9 }]],
  ]);
  // What was kept of the old log is still sent before the new one.
  expect((await store.unsynced(99, 1e6))?.logid).toBe(logid);
  store.close();
});

test('a mirror with another hash for the same entry is a loss, not a match', async () => {
  const { store, mirror } = mirrored(freshName());
  await append(store, 3, 1);
  const head = mirror();
  if (head === null) throw new Error('There is a head');
  const wrong = { ...head, seq: 2, hash: '00'.repeat(32) };
  expect(await store.reconcileHead(testEnv('', 5_000_000, 3), wrong)).toBe('lost');
  store.close();
});
