import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EventDraft } from '../domain/event.ts';
import { PATHS } from '../protocol/paths.ts';
import { readPolicy, signedPolicy, type SignedPolicy } from '../protocol/policy.ts';
import { inForceWith, readHeldPolicy, readInForce, writeHeldPolicy } from '../settings/store.ts';
import { failure, type Failure } from '../sync/problems.ts';
import { failureOf } from '../sync/pull.ts';
import { verifySignature } from '../sync/verify-signature.ts';
import type { AskAsMember } from './ask-as-member.ts';
import { changedKeys, configChanged } from './config-event.ts';
import { putInForce } from './put-in-force.ts';
import { inSettingsTurn } from './settings-turn.ts';
import { ownEnv, type Worker } from './worker.ts';

const hashOf = (policy: SignedPolicy | undefined): string =>
  policy === undefined ? '' : bytesToHex(sha256(utf8ToBytes(JSON.stringify(policy))));

const event = (
  type: 'policy.changed' | 'policy.refused',
  data: EventDraft['data'],
): EventDraft => ({
  type,
  itemId: '',
  traceId: '',
  causationId: '',
  data,
});

/**
 * Gets the newest policy of the organization and puts it in force when the pinned key of the collector
 * signed it and its version is above the one that is held; else that it was refused is an entry, and what
 * is held stays. Null when there is nothing more to do; why it could not be asked for otherwise.
 */
export async function pullPolicy(
  worker: Worker,
  ask: AskAsMember,
  org: string,
): Promise<Failure | null> {
  const { collectorKey: key } = await worker.store.syncState();
  // Pinned by the first push; until then nothing could be checked.
  if (key === null) return failure('receipt');
  const told = await ask({ method: 'GET', path: PATHS.policy, reply: signedPolicy });
  if (!told.ok) {
    if (told.refused === 'not-found') return null;
    return failureOf(told);
  }
  return inSettingsTurn(async () => {
    const { syncEndpoint: endpoint } = await worker.settings();
    const before = await readHeldPolicy();
    const held = before?.endpoint === endpoint ? before.policy : undefined;
    if (held !== undefined && hashOf(held) === hashOf(told.value)) return null;
    const read = await readPolicy(
      told.value,
      { org, version: held?.version ?? 0, key },
      verifySignature,
    );
    const version = { before: held?.version ?? 0, after: told.value.version };
    const hash = { before: hashOf(held), after: hashOf(told.value) };
    if (!read.ok) {
      await worker.store.commit(ownEnv(worker), (tx) =>
        tx.append(event('policy.refused', { why: read.problem, version, hash })),
      );
      worker.committed();
      return null;
    }
    const next = { policy: read.policy, endpoint, seenAt: worker.now() };
    const [old, now] = [await readInForce(), await inForceWith(next)];
    const changed = changedKeys(old.settings, now.settings);
    await worker.store.commit(ownEnv(worker), async (tx) => {
      await tx.append(event('policy.changed', { version, hash, keys: changed }));
      for (const key of changed)
        await tx.append(configChanged(key, old.settings, now.settings, 'policy'));
    });
    await writeHeldPolicy(next);
    await putInForce(worker);
    return null;
  });
}

/**
 * Moves on the time that the policy knows of, at least `by` milliseconds at once, and puts the strictest in
 * force when it has expired meanwhile. Gives when it is to be looked at next, in milliseconds since 1970;
 * null for never.
 */
export function watchExpiry(worker: Worker, by: number): Promise<number | null> {
  return inSettingsTurn(async () => {
    const held = await readHeldPolicy();
    if (held === null) return null;
    const now = worker.now();
    const { policy, seenAt } = held;
    const times = [Date.parse(policy.notBefore), Date.parse(policy.notAfter)];
    const turned = times.some((time) => seenAt < time && time <= now);
    if (turned || now - seenAt >= by)
      await writeHeldPolicy({ ...held, seenAt: Math.max(now, seenAt) });
    if (turned) await putInForce(worker);
    return times.find((time) => time > Math.max(now, seenAt)) ?? null;
  });
}
