import { expect, test } from 'vitest';
import { buildEvent } from '../audit/event-build.ts';
import { leafHash, ZERO_HASH } from '../audit/leaf.ts';
import { teamRow } from './team-rows.ts';

const logid = '00000000-0000-4000-8000-000000000001';
const raw = buildEvent(
  {
    type: 'decision.approved',
    itemId: 'item-1',
    traceId: '',
    causationId: '',
    data: { tier: 'low' },
  },
  {
    logid,
    seq: 4,
    prevHash: ZERO_HASH,
    id: 'e1',
    time: 1000,
    actor: { name: 'Mia', declared: false },
  },
);
const entry = { logid, seq: 4, hash: leafHash(raw), raw, member: 'm', receivedAt: '2026-11-24' };

test('an entry of the team is intact only with its own fingerprint, at its own place', () => {
  expect(teamRow(entry)).toMatchObject({ isIntact: true, time: 1000, event: { actor: 'Mia' } });
  const changed = raw.replace('"low"', '"high"');
  expect(teamRow({ ...entry, raw: changed }).isIntact).toBe(false);
  expect(teamRow({ ...entry, raw: changed, hash: leafHash(changed) }).isIntact).toBe(true);
  expect(teamRow({ ...entry, seq: 5 }).isIntact).toBe(false);
  const other = '00000000-0000-4000-8000-000000000002';
  expect(teamRow({ ...entry, logid: other }).isIntact).toBe(false);
  expect(teamRow({ ...entry, raw: 'x', hash: leafHash('x') })).toMatchObject({
    isIntact: false,
    event: null,
    time: 0,
  });
});
