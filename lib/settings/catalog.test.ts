import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSettings, defaultSettings } from './catalog.ts';
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

test.each(['https://a.example/path', 'https://a.example/', 'ftp://a.example', 'a.example', '*'])(
  'site %s is not an origin',
  (site) => {
    expect(checkSettings({ sites: [site] }).problems).toHaveLength(1);
  },
);

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

test('any text is read without throwing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      parseSettingsFile(text);
    }),
  );
});
