import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import { inForce, isOrganizations } from './in-force.ts';
import { policyInForce } from './policy-in-force.ts';
import { standingOf, type HeldPolicy } from './team-policy.ts';

const AT = Date.UTC(2026, 10, 24);
const DAY_MS = 86_400_000;
const iso = (days: number) => new Date(AT + days * DAY_MS).toISOString();
const ENDPOINT = 'https://collector.example';

const held = (
  settings: HeldPolicy['policy']['settings'],
  over: Partial<HeldPolicy> = {},
): HeldPolicy => ({
  policy: {
    format: 'countersign-policy',
    v: 1,
    org: 'default',
    version: 3,
    notBefore: iso(-1),
    notAfter: iso(30),
    key: 'k',
    settings,
    signature: 's',
  },
  endpoint: ENDPOINT,
  seenAt: AT,
  ...over,
});
const own = { syncEndpoint: ENDPOINT, syncToken: 't', mode: 'observe', theme: 'dark' };
const at = (
  policy: HeldPolicy | null,
  now = AT,
  managed: Record<string, unknown> = {},
  mine: Record<string, unknown> = own,
) => inForce(mine, managed, { held: policy, now });

test('Chrome wins over the signed policy, the policy over the person', () => {
  const policy = held({ mode: 'advise', contentDays: 30 });
  expect(at(policy)).toMatchObject({
    settings: { mode: 'advise', contentDays: 30, theme: 'dark' },
    sources: { mode: 'policy', contentDays: 'policy', theme: 'local', textSize: 'default' },
    policy: { version: 3, state: 'holds' },
  });
  expect(at(policy, AT, { mode: 'enforce' })).toMatchObject({
    settings: { mode: 'enforce', contentDays: 30 },
    sources: { mode: 'managed', contentDays: 'policy' },
  });
  expect([isOrganizations('policy'), isOrganizations('managed'), isOrganizations('local')]).toEqual(
    [true, true, false],
  );
});

test('a site is never looser than the mode of whoever stands above its own', () => {
  const mine = { ...own, siteModes: { 'desk.example': 'observe', 'mail.example': 'enforce' } };
  expect(at(held({ mode: 'advise' }), AT, {}, mine).settings.siteModes).toEqual({
    'mail.example': 'enforce',
  });
  const both = held({ mode: 'advise', siteModes: { 'desk.example': 'observe' } });
  expect(at(both, AT, {}, mine).settings.siteModes).toEqual({ 'desk.example': 'observe' });
  expect(at(both, AT, { mode: 'enforce' }, mine).settings.siteModes).toEqual({});
});

test('expired: the strictest holds, also when the clock is set back; before its time: nothing', () => {
  const policy = held({
    mode: 'observe',
    siteModes: { 'desk.example': 'observe' },
    contentLevel: 'full',
  });
  const expired = at(policy, AT + 30 * DAY_MS);
  expect(expired).toMatchObject({
    settings: { mode: 'enforce', siteModes: {}, contentLevel: 'ids' },
    sources: { mode: 'policy', siteModes: 'policy', ruleTiers: 'policy' },
    policy: { state: 'expired' },
  });
  for (const rule of policyInForce(expired).rules) expect(['high', 'locked']).toContain(rule.tier);
  expect(DEFAULT_POLICY.rules.some(({ tier }) => tier === 'medium' || tier === 'low')).toBe(true);

  const seen = held({ mode: 'observe' }, { seenAt: AT + 31 * DAY_MS });
  expect(at(seen, AT - DAY_MS).settings.mode).toBe('enforce');
  expect(standingOf(seen, AT - 300 * DAY_MS).state).toBe('expired');

  const early = at(held({ mode: 'enforce' }, { seenAt: 0 }), AT - 2 * DAY_MS);
  expect(early).toMatchObject({ settings: { mode: 'observe' }, policy: { state: 'waiting' } });
  expect(early.sources.mode).not.toBe('policy');
});

test('a policy of another collector says nothing here', () => {
  const policy = held({ mode: 'enforce' }, { endpoint: 'https://other.example' });
  expect(at(policy)).toMatchObject({ settings: { mode: 'observe' }, policy: null });
  const mine = { ...own, endpointKind: 'webhook', syncToken: '' };
  expect(at(held({ mode: 'enforce' }), AT, {}, mine)).toMatchObject({ policy: null });
});

test('a value that is none is named and never used; a policy can set no endpoint and no consent', () => {
  const wrong = at(held({ mode: 'sometimes', consentAt: 5 }));
  expect(wrong.settings).toMatchObject({ mode: 'enforce', consentAt: 0 });
  expect(wrong.problems.map(({ key }) => key).toSorted()).toEqual(['consentAt', 'mode']);
  const astray = at(
    held({ syncEndpoint: 'https://evil.example', syncToken: 'x', reviewerRole: 'admin' }),
  );
  expect(astray.settings).toMatchObject({
    syncEndpoint: ENDPOINT,
    syncToken: 't',
    reviewerRole: 'reviewer',
  });
});
