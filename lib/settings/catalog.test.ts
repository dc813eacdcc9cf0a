import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSettings, defaultSettings } from './catalog.ts';
import { parseSiteEntry } from './site-entry.ts';
import { parseSettingsFile, settingsFile } from './file.ts';

test('every default is in its own schema', () => {
  expect(checkSettings({ ...defaultSettings() }).problems).toEqual([]);
});

test('a wrong value is named and takes no good one down', () => {
  const { good, problems } = checkSettings({
    mode: 'enforce',
    textSize: 1000,
    nonsense: 1,
    sites: ['https://desk.example'],
  });
  expect(good).toEqual({ mode: 'enforce', sites: ['https://desk.example'] });
  expect(problems.map((p) => [p.key, p.code])).toEqual([
    ['textSize', 'bad-value'],
    ['nonsense', 'unknown-key'],
  ]);
});

test.each([
  ['https://collector.example/v1', true],
  ['http://127.0.0.1:4317', true],
  ['', true],
  ['http://collector.example', false],
  ['https://user:pass@collector.example', false],
  ['javascript:alert(1)', false],
  ['file:///etc/passwd', false],
  [`https://collector.example/${'x'.repeat(8192)}`, false],
])('endpoint %s', (syncEndpoint, ok) => {
  expect(checkSettings({ syncEndpoint }).problems.length === 0).toBe(ok);
});

test.each([
  'https://a.example/path',
  'ftp://a.example',
  '*',
  'https://user@a.example',
  '<all_urls>',
  '*://*/*',
  'javascript:alert(1)',
  '',
])('%s is not a site', (site) => {
  expect(checkSettings({ sites: [site] }).problems).toHaveLength(1);
});

test.each([
  [
    'desk.example',
    'https://desk.example/* http://desk.example/*',
    'https://desk.example:8443/x',
    true,
  ],
  ['127.0.0.1', 'https://127.0.0.1/* http://127.0.0.1/*', 'http://127.0.0.1:5123/', true],
  ['http://127.0.0.1:5123', 'http://127.0.0.1:5123/*', 'http://127.0.0.1:5124/', false],
  ['https://desk.example', 'https://desk.example/*', 'http://desk.example/', false],
  ['https://desk.example/*', 'https://desk.example/*', 'https://desk.example/a?b', true],
  ['https://*.desk.example', 'https://*.desk.example/*', 'https://eu.desk.example/', true],
  [
    'desk.example',
    'https://desk.example/* http://desk.example/*',
    'https://desk.example.evil.example/',
    false,
  ],
])('%s covers by %s', (entry, pattern, url, covered) => {
  const site = parseSiteEntry(entry);
  expect(site?.patterns.join(' ')).toBe(pattern);
  expect(site?.matches(url)).toBe(covered);
});

test('a token with a line break is refused', () => {
  expect(checkSettings({ syncToken: 'abc\r\nX-Evil: 1' }).problems).toHaveLength(1);
});

test('the settings file goes round and carries no secret', () => {
  const settings = { ...defaultSettings(), syncToken: 'secret-token', reviewerName: 'Mia' };
  const file = settingsFile(settings);
  expect(file).not.toContain('secret-token');
  const read = parseSettingsFile(file);
  expect(read).toMatchObject({ ok: true, problems: [] });
  if (read.ok) expect(read.values.reviewerName).toBe('Mia');
});

test('a file says nothing of what a person agreed to', () => {
  const read = parseSettingsFile(JSON.stringify({ consentAt: 5, mode: 'advise' }));
  expect(read).toEqual({ ok: true, values: { mode: 'advise' }, problems: [] });
});

test('any text is read without throwing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      parseSettingsFile(text);
    }),
  );
});
