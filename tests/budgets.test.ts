import { globSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { BUDGETS, bundleSizes } from './bench/sizes.ts';

/** Reads what the two builds made: what is shipped, and what the tests load in its place. */
const output = join(import.meta.dirname, '..', '.output');
const store = join(output, 'chrome-mv3');
const e2e = join(output, 'chrome-mv3-e2e');

const PERMISSIONS = ['sidePanel', 'storage', 'alarms', 'scripting', 'unlimitedStorage', 'identity'];
const LOOPBACK = ['http://127.0.0.1/*', 'http://localhost/*'];
const CSP = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self' https: http://127.0.0.1:* http://localhost:*",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
};

/** Hosts that stand in the bundles' texts and are never asked: XML namespaces, links in messages. */
const NAMED_HOSTS = [
  'www.w3.org',
  // Name of a schema in what goes to OTLP receivers, never asked.
  'opentelemetry.io',
  'react.dev',
  'react.i18next.com',
  'wxt.dev',
  'github.com',
  'bit.ly',
  'tinyurl.com',
];

const read = (build: string, file: string) => readFileSync(join(build, file), 'utf8');
const filesOf = (build: string, pattern: string) =>
  globSync(pattern, { cwd: build }).map((file) => [file, read(build, file)] as const);
const manifestOf = (build: string): Record<string, unknown> =>
  JSON.parse(read(build, 'manifest.json'));

beforeAll(() => {
  for (const [build, script] of [
    [store, 'npm run build'],
    [e2e, 'npm run build:e2e'],
  ] as const)
    if (!existsSync(join(build, 'manifest.json')))
      throw new Error(`There is no build to measure in ${build}: run ${script} first`);
});

test('every bundle stays within its budget, minified and gzipped', () => {
  const sizes = bundleSizes(store);
  const kB = (bytes: number) => (bytes / 1000).toFixed(1);
  for (const { name, gzip, bytes, files } of sizes)
    process.stdout.write(
      `  ${name}: ${kB(gzip)} kB of ${kB(BUDGETS[name])} (${kB(bytes)} kB before gzip, ${files.length} files)\n`,
    );
  expect(sizes.map(({ name }) => name)).toEqual(['tap', 'page', 'panel']);
  // A panel of one or two files was not followed to what it imports.
  expect(sizes.find(({ name }) => name === 'panel')?.files.length).toBeGreaterThan(2);
  expect(sizes.filter(({ name, gzip }) => gzip > BUDGETS[name])).toEqual([]);
});

test('the store build asks for no host up front and for nothing else than it says', () => {
  const manifest = manifestOf(store);
  expect(manifest['host_permissions']).toBeUndefined();
  expect(manifest['permissions']).toEqual(PERMISSIONS);
  expect(manifest['optional_permissions']).toBeUndefined();
  expect(manifest['optional_host_permissions']).toEqual(['https://*/*', 'http://*/*']);
  expect(manifest['content_scripts']).toBeUndefined();
  expect(manifest['web_accessible_resources']).toBeUndefined();
  expect(manifest['externally_connectable']).toBeUndefined();
  expect(manifest['key']).toBeUndefined();
  expect(manifest['minimum_chrome_version']).toBe('148');
});

test('the build for tests differs by the loopback hosts alone', () => {
  const { host_permissions: hosts, ...rest } = manifestOf(e2e);
  expect(hosts).toEqual(LOOPBACK);
  expect(rest).toEqual(manifestOf(store));
});

describe.each([
  ['store build', store],
  ['build for tests', e2e],
])('%s', (_name, build) => {
  test('has the content security policy, word for word', () => {
    const policies = manifestOf(build)['content_security_policy'] as Record<string, string>;
    expect(Object.keys(policies)).toEqual(['extension_pages']);
    const directives = (policies['extension_pages'] ?? '').split('; ').map((directive) => {
      const space = directive.indexOf(' ');
      return [directive.slice(0, space), directive.slice(space + 1)];
    });
    expect(Object.fromEntries(directives)).toEqual(CSP);
  });

  test('makes no code of text', () => {
    const scripts = filesOf(build, '**/*.js');
    expect(scripts.length).toBeGreaterThan(4);
    for (const [file, code] of scripts) {
      expect(code.match(/(?<![\w$.])eval\b.{0,40}/)?.[0], `eval in ${file}`).toBeUndefined();
      expect(
        code.match(/(?<![\w$.])(?:new\s+)?(?:Async|Generator)?Function\s*\(.{0,40}/)?.[0],
        `Function in ${file}`,
      ).toBeUndefined();
      expect(code.match(/set(?:Timeout|Interval)\(\s*["'`].{0,40}/)?.[0], file).toBeUndefined();
    }
  });

  test('loads nothing from elsewhere', () => {
    for (const [file, code] of filesOf(build, '**/*.js')) {
      expect(code.match(/(?:import|importScripts|Worker)\(\s*["'`]https?:.{0,40}/)?.[0], file).toBe(
        undefined,
      );
      for (const [, host = ''] of code.matchAll(/["'`(\s]https?:\/\/([a-z0-9.-]+\.[a-z]{2,})/g))
        if (!host.endsWith('.example') && !host.endsWith('example.com'))
          expect(NAMED_HOSTS, `${host} in ${file}`).toContain(host);
    }
    for (const [file, html] of filesOf(build, '*.html')) {
      expect(html, file).not.toMatch(/(?:src|href)="(?!\/)/);
      expect(html, file).not.toMatch(/(?:src|href)="\/\//);
      expect(html, `no inline script in ${file}`).not.toMatch(/<script(?![^>]*\ssrc=)/);
    }
    for (const [file, css] of filesOf(build, '**/*.css'))
      expect(css, file).not.toMatch(/url\(\s*["']?(?:https?:)?\/\/|@import/);
  });
});
