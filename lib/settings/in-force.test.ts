import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog, defaultSettings } from './catalog.ts';
import { deciderIn, inForce } from './in-force.ts';
import { readManaged } from './managed-values.ts';
import { policyInForce, rulesInForce } from './policy-in-force.ts';

test('the organization wins over the person, the person over the default', () => {
  const { settings, sources } = inForce(
    { mode: 'observe', theme: 'dark', syncEndpoint: 'https://mine.example' },
    { mode: 'enforce', syncEndpoint: '' },
  );
  expect(settings).toMatchObject({ mode: 'enforce', theme: 'dark', syncEndpoint: '' });
  expect(sources).toMatchObject({
    mode: 'managed',
    syncEndpoint: 'managed',
    theme: 'local',
    textSize: 'default',
  });
});

test('a value equal to the default is the organization’s all the same', () => {
  expect(inForce({ mode: 'enforce' }, { mode: 'observe' })).toMatchObject({
    settings: { mode: 'observe' },
    sources: { mode: 'managed' },
  });
});

describe('a wrong value is named, never used, and never the person’s', () => {
  const mine = {
    mode: 'observe',
    siteModes: { 'desk.example': 'observe' },
    syncEndpoint: 'https://mine.example',
    syncToken: 'mine',
    theme: 'dark',
    ruleTiers: { 'words-legal': 'low' },
  };
  test.each([
    [{ mode: 'sometimes' }, { mode: 'enforce', siteModes: {} }, ['mode']],
    [
      { syncEndpoint: 'http://collector.example' },
      { syncEndpoint: '', syncToken: '' },
      ['syncEndpoint'],
    ],
    [
      { syncEndpoint: 'http://collector.example', syncToken: 'theirs' },
      { syncEndpoint: '', syncToken: '' },
      ['syncEndpoint'],
    ],
    [{ syncToken: 'theirs' }, { syncToken: '' }, ['syncToken']],
    [
      { siteModes: { 'desk.example': 'strict', 'chat.example': 'observe' } },
      { mode: 'observe', siteModes: { 'desk.example': 'enforce', 'chat.example': 'observe' } },
      ['siteModes'],
    ],
    [
      { siteModes: { 'https://desk.example/tickets': 'enforce', 'chat.example': 'observe' } },
      { mode: 'enforce', siteModes: { 'chat.example': 'observe' } },
      ['siteModes'],
    ],
    [{ sites: ['desk.example', 'a b'] }, { sites: ['desk.example'] }, ['sites']],
    [{ ruleTiers: { 'words-legal': 'never', 'no-sources': 'high' } }, {}, ['ruleTiers']],
    [{ theme: 'pink' }, { theme: 'system' }, ['theme']],
    [{ consentAt: 5 }, { consentAt: 0 }, ['consentAt']],
    [{ modee: 'enforce' }, { mode: 'observe' }, ['modee']],
  ])('%j', (managed, holds, named) => {
    const { settings, problems } = inForce(mine, managed);
    expect(settings).toMatchObject(holds);
    expect(problems.map(({ key }) => key)).toEqual(named);
  });
  test('the good entries of a map stay', () => {
    const managed = { ruleTiers: { 'words-legal': 'never', 'no-sources': 'high' } };
    expect(inForce(mine, managed).settings.ruleTiers).toEqual({ 'no-sources': 'high' });
  });
});

test('what is right in a policy with a wrong value applies', () => {
  const { values, problems } = readManaged({ mode: 'sometimes', theme: 'dark', textSize: 110 });
  expect(values).toEqual({ mode: 'enforce', theme: 'dark', textSize: 110 });
  expect(problems).toEqual([
    { key: 'mode', code: 'bad-value', params: { path: '', given: '"sometimes"' } },
  ]);
});

test('a mode of the organization is the least that a site may have', () => {
  const siteModes = { 'a.example': 'observe', 'b.example': 'advise', 'c.example': 'enforce' };
  expect(inForce({ siteModes }, { mode: 'advise' }).settings.siteModes).toEqual({
    'b.example': 'advise',
    'c.example': 'enforce',
  });
  expect(inForce({ siteModes }, {}).settings.siteModes).toEqual(siteModes);
  const own = { siteModes: { 'a.example': 'observe' }, mode: 'enforce' };
  expect(inForce({}, own).settings.siteModes).toEqual({ 'a.example': 'observe' });
});

test.each([
  ['https://mine.example', 'mine'],
  ['https://mine.example/other', 'mine'],
  ['https://theirs.example', ''],
])(
  'a person’s token goes with the organization’s address %s only to its own server',
  (to, token) => {
    const stored = { syncEndpoint: 'https://mine.example', syncToken: 'mine' };
    expect(inForce(stored, { syncEndpoint: to }).settings.syncToken).toBe(token);
  },
);

test('descriptions of sites come as texts of JSON', () => {
  const sites = ['{"id":"desk"}', 'no json', { id: 'kept' }];
  expect(readManaged({ customSites: sites }).values.customSites).toEqual([
    { id: 'desk' },
    'no json',
    { id: 'kept' },
  ]);
});

const anyManaged = fc.dictionary(
  fc.oneof(fc.constantFrom(...Object.keys(catalog)), fc.string()),
  fc.jsonValue(),
);

test('whatever is set: the settings are in shape, and each wrong key is named', () => {
  fc.assert(
    fc.property(anyManaged, anyManaged, (stored, managed) => {
      const { settings, sources, problems } = inForce(stored, managed);
      for (const [key, { schema }] of Object.entries(catalog))
        expect(schema.safeParse(Reflect.get(settings, key)).success).toBe(true);
      for (const [key, value] of Object.entries(managed)) {
        if (!Object.hasOwn(catalog, key) || key === 'consentAt') continue;
        expect(Reflect.get(sources, key)).toBe('managed');
        const used = JSON.stringify(Reflect.get(settings, key)) === JSON.stringify(value);
        const named = problems.some((problem) => problem.key === key);
        if (!used && key !== 'mode' && key !== 'syncToken' && key !== 'customSites')
          expect(named).toBe(true);
      }
    }),
  );
});

describe('the policy in force', () => {
  test('without a change it is the default’s, whole', () => {
    const now = inForce({}, {});
    expect(policyInForce(now)).toMatchObject({ owner: 'Countersign defaults', version: 2 });
    expect(rulesInForce(now).every(({ tier }) => tier === 'default')).toBe(true);
  });
  test('tiers and thresholds are those of the settings, and the sentence says the number', () => {
    const now = inForce(
      { ruleThresholds: { 'token-probability': 0.9 } },
      { ruleTiers: { 'words-promise': 'locked' } },
    );
    const rules = new Map(rulesInForce(now).map((each) => [each.rule.id, each]));
    expect(rules.get('words-promise')).toMatchObject({ rule: { tier: 'locked' }, tier: 'managed' });
    expect(rules.get('token-probability')).toMatchObject({ threshold: 'local', tier: 'default' });
    expect(rules.get('token-probability')?.rule.says).toMatch(/below 0\.9\.$/u);
    expect(rules.get('declared-confidence')?.rule.says).toMatch(/below 0\.5\.$/u);
    expect(policyInForce(now).owner).toMatch(/changed by your organization/u);
  });
  test('a rule or threshold that is none is refused', () => {
    const wrong = [
      { ruleTiers: { nonsense: 'high' } },
      { ruleThresholds: { 'words-legal': 0.5 } },
      { ruleThresholds: { 'token-probability': 1.01 } },
      { ruleThresholds: { 'token-probability': '0,8' } },
    ];
    for (const managed of wrong) expect(inForce({}, managed).problems).toHaveLength(1);
  });
});

test('defaults stand where nothing is set', () => {
  expect(inForce({}, {}).settings).toEqual(defaultSettings());
});

test('with a collector it alone says who decides; without one it is the person\u2019s own word', () => {
  const own = { reviewerName: 'Mia', reviewerRole: 'admin' };
  const at = { ...own, syncEndpoint: 'https://collector.example' };
  const me = {
    member: { id: 'm1', name: 'Mia Lind', email: '' },
    role: 'reviewer',
    org: 'o',
  } as const;
  const told = (endpoint: string) => ({ held: null, now: 0, team: { endpoint, me } });
  expect(deciderIn(inForce(own, {}))).toEqual({ id: '', name: 'Mia', role: 'admin' });
  expect(deciderIn(inForce(at, {}))).toEqual({ id: '', name: 'Mia', role: 'reviewer' });
  expect(deciderIn(inForce(at, {}, told('https://collector.example')))).toEqual({
    id: 'm1',
    name: 'Mia Lind',
    role: 'reviewer',
  });
  // Another collector's word counts for nothing here.
  expect(deciderIn(inForce(at, {}, told('https://other.example'))).id).toBe('');
  const hook = { ...at, endpointKind: 'webhook' };
  expect(deciderIn(inForce(hook, {}, told('https://collector.example'))).role).toBe('admin');
});
