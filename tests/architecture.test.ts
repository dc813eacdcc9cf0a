import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/**
 * The floors of the house (docs/architecture.md), ground first. A file imports from its own folder and
 * from lower floors, never up or sideways.
 */
const FLOORS: readonly (readonly string[])[] = [
  ['lib/domain'],
  ['lib/protocol', 'lib/wire', 'lib/provenance', 'lib/assess', 'lib/audit', 'lib/redact'],
  ['lib/platform'],
  ['lib/store', 'lib/settings', 'lib/sites', 'lib/messaging'],
  ['lib/sync', 'lib/page', 'lib/view'],
  ['lib/background'],
  ['components'],
  ['entrypoints'],
];

/** Allowed although the floors forbid it, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {};

/** Where the collector may reach: the pure floors only. */
const SERVER_MAY = ['server', ...FLOORS.slice(0, 2).flat()];

/** Packages that only these places may import. */
const OWNERS: readonly { name: RegExp; owners: RegExp; why: string }[] = [
  {
    name: /^wxt\/browser$|^webextension-polyfill$/,
    owners: /^(lib\/platform|entrypoints)\//,
    why: 'browser.* belongs to the platform',
  },
  { name: /^dexie$/, owners: /^lib\/store\//, why: 'the store is the only Dexie' },
  { name: /^dexie-react-hooks$/, owners: /^lib\/view\//, why: 'live queries belong to the view' },
  {
    name: /^(react|react-dom|react-i18next|radix-ui|lucide-react|zustand)(\/|$)/,
    owners: /^(components|lib\/view|entrypoints)\//,
    why: 'React stays in the view',
  },
  {
    name: /^oauth4webapi$/,
    owners: /^lib\/sync\//,
    why: 'tokens of a provider pass through sync alone',
  },
  {
    name: /^(hono|kysely|pg|jose|@hono\/|@electric-sql\/)/,
    owners: /^server\//,
    why: 'server only',
  },
];

const PURE = /^lib\/(domain|protocol|wire|provenance|assess|audit|redact)\//;

const root = join(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /^(lib|components|entrypoints|server)\//.test(file))
  .filter((file) => !/\.(test|spec)\.tsx?$|\/fixtures\/|\.d\.ts$/.test(file));

const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

interface Import {
  file: string;
  target: string;
  local: boolean;
  typeOnly: boolean;
}

function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const form =
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
  for (const match of text.matchAll(form)) {
    const name = match[2] ?? match[3] ?? '';
    const local = name.startsWith('.');
    found.push({
      file,
      local,
      typeOnly: match[1] !== undefined,
      target: local ? normalize(join(dirname(file), name)) : name,
    });
  }
  return found;
}

const imports = [...sources].flatMap(([file, text]) => importsOf(file, text));

const folderOf = (path: string) =>
  FLOORS.flat().find((folder) => path.startsWith(`${folder}/`)) ?? null;
const floorOf = (folder: string) => FLOORS.findIndex((floor) => floor.includes(folder));

test('enough was read to judge', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(imports.filter((entry) => entry.local).length).toBeGreaterThan(200);
});

test('imports go down the floors, never up or sideways', () => {
  const wrong = imports
    .filter((entry) => entry.local && !entry.file.startsWith('server/'))
    .filter((entry) => !/\.(css|json)$/.test(entry.target))
    .filter((entry) => EXCEPTIONS[`${entry.file} -> ${entry.target}`] === undefined)
    .filter((entry) => {
      const from = folderOf(entry.file);
      const to = folderOf(entry.target);
      if (from === null || to === null) return true;
      return from !== to && floorOf(to) >= floorOf(from);
    })
    .map((entry) => `${entry.file} -> ${entry.target}`);
  expect(wrong).toEqual([]);
});

test('the collector stands on the pure floors alone', () => {
  const wrong = imports
    .filter((entry) => entry.local && entry.file.startsWith('server/'))
    .filter((entry) => !SERVER_MAY.some((folder) => entry.target.startsWith(`${folder}/`)))
    .map((entry) => `${entry.file} -> ${entry.target}`);
  expect(wrong).toEqual([]);
});

test('each package stays with its owner', () => {
  const wrong = imports
    .filter((entry) => !entry.local)
    .flatMap((entry) =>
      OWNERS.filter((rule) => rule.name.test(entry.target) && !rule.owners.test(entry.file)).map(
        (rule) => `${entry.file} imports ${entry.target}: ${rule.why}`,
      ),
    );
  expect(wrong).toEqual([]);
});

test('pure code reads no clock, no randomness, no browser', () => {
  const wrong = [...sources]
    .filter(([file]) => PURE.test(file))
    .filter(([, text]) =>
      /\b(Date\.now|Math\.random|crypto\.|new Date\(\)|performance\.now|document\.|globalThis\.|browser\.|chrome\.|fetch\()/.test(
        text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ''),
      ),
    )
    .map(([file]) => file);
  expect(wrong).toEqual([]);
});

test('pages and components never write the store', () => {
  const wrong = imports
    .filter((entry) => /^(lib\/page|components)\//.test(entry.file))
    .filter((entry) => entry.target.startsWith('lib/store/') && !entry.typeOnly)
    .map((entry) => `${entry.file} -> ${entry.target}`);
  expect(wrong).toEqual([]);
});

test('only the endpoint client and the tap use fetch', () => {
  const wrong = [...sources]
    .filter(([file]) => !/^(lib\/sync|lib\/page\/tap|server)\//.test(file))
    .filter(([, text]) =>
      /(?<![.\w])fetch\(/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')),
    )
    .map(([file]) => file);
  expect(wrong).toEqual([]);
});

/** Files above 350 lines, each with its reason. */
const LONG: Readonly<Record<string, string>> = {};

test('files are small', () => {
  const lengths = [...sources].map(([file, text]) => ({ file, lines: text.split('\n').length }));
  const sorted = lengths.map((entry) => entry.lines).sort((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)] ?? 0).toBeLessThanOrEqual(80);
  expect(lengths.filter((entry) => entry.lines > 350 && LONG[entry.file] === undefined)).toEqual(
    [],
  );
  expect(Object.keys(LONG).filter((file) => !sources.has(file))).toEqual([]);
});
