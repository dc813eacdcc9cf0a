import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const here = import.meta.dirname;
const screens = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.tsx'),
);

/** Words between tags, e.g. `<p>Hello</p>`; braces hold code. */
const BETWEEN_TAGS = /<[a-zA-Z][^<>{}]*>\s*([^<>{}\s][^<>{}]*[a-zA-Z]{2}[^<>{}]*)<\//gu;
/** Words in attributes that people read or hear. */
const IN_ATTRIBUTES =
  /\b(?:aria-label|title|placeholder|alt|label|intro|hint)="([^"]*[a-zA-Z]{2}[^"]*)"/gu;
/** Keys that are drawn as they stand on the keyboard. */
const KEY_CAPS = new Set(['Esc']);

function literals(source: string): string[] {
  return [...source.matchAll(BETWEEN_TAGS), ...source.matchAll(IN_ATTRIBUTES)]
    .map((match) => (match[1] ?? '').trim())
    .filter((text) => !KEY_CAPS.has(text));
}

test('the search itself finds text in code', () => {
  expect(literals('<p className="x">Hello there</p>')).toEqual(['Hello there']);
  expect(literals('<a title="Go on" />')).toEqual(['Go on']);
  expect(literals("<p>{t('saved')}</p>")).toEqual([]);
});

test('no screen holds text of its own: all of it stands in the catalogs', () => {
  expect(screens.length).toBeGreaterThan(30);
  const found = screens.flatMap((name) =>
    literals(readFileSync(join(here, name), 'utf8')).map((text) => `${name}: ${text}`),
  );
  expect(found).toEqual([]);
});

test('no screen and no view writes HTML', () => {
  const sinks = /dangerouslySetInnerHTML|\.(?:inner|outer)HTML|insertAdjacentHTML|document\.write/u;
  const found = screens.filter((name) => sinks.test(readFileSync(join(here, name), 'utf8')));
  expect(found).toEqual([]);
});
