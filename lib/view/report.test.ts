import { expect, test } from 'vitest';
import { defaultSettings } from '../settings/catalog.ts';
import { inForce } from '../settings/in-force.ts';
import { effectiveValues, reportText } from './report.ts';

const settings = {
  ...defaultSettings(),
  sites: ['secret-desk.example'],
  syncEndpoint: 'https://collector.secret.example',
  syncToken: 'cs_secret',
  reviewerName: 'Secret Mia',
  customSites: [{ id: 'secret' }],
};

const now = inForce(settings, { reviewerName: 'Secret Mia', sites: ['secret one'] });

test('a report holds no address, name or token', () => {
  const text = reportText({
    version: '0.1.0',
    browser: 'Chromium/156',
    storage: { used: 1, quota: 2 },
    counts: { waiting: 1, unsynced: 2 },
    inForce: now,
    problems: [
      { id: 1, at: 0, code: 'sync-failed', detail: 'https://secret.example answered 503' },
    ],
  });
  expect(text.toLowerCase()).not.toContain('secret');
  expect(JSON.parse(text)).toMatchObject({
    settings: { sites: 0, syncToken: true },
    managed: ['sites', 'reviewerName'],
    managedProblems: [{ key: 'sites', code: 'bad-value' }],
  });
});

test('values in force say where they come from, and never the token', () => {
  const values = effectiveValues(now, { secret: 'set', none: 'none' });
  const byKey = new Map(values.map((each) => [each.key, each]));
  expect(byKey.get('syncToken')).toMatchObject({ value: 'set', source: 'local' });
  expect(byKey.get('mode')).toMatchObject({ value: 'observe', source: 'default' });
  expect(JSON.stringify(values)).not.toContain('cs_secret');
});
