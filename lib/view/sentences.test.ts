import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import options from '../../locales/en/options.json' with { type: 'json' };
import panel from '../../locales/en/panel.json' with { type: 'json' };
import { catalog } from '../settings/catalog.ts';

/** Codes are read from the sources, so that a new one without a sentence is found here. */
const root = join(import.meta.dirname, '..', '..');
const sources = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .filter((file) => !/\.test\.tsx?$/u.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');

const matches = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, code = '']) => code)),
];

/** The members of a union of texts, or of a `z.enum`, by its name. */
function membersOf(file: string, name: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const from = text.search(new RegExp(`(?:type|const|interface) ${name}\\b`, 'u'));
  if (from < 0) throw new Error(`${file} has no ${name}`);
  const end = text.slice(from).search(/;\n/u);
  return matches(text.slice(from, from + end), /'([a-z][a-z-]*)'/gu);
}

interface CodeList {
  codes: readonly string[];
  sentences: object;
  /** Fewer would mean that the sources were not read. */
  atLeast: number;
}

const page = sources('lib/page/**/*.ts');
const worker = sources('lib/{background,messaging,store}/**/*.ts');

const LISTS: Readonly<Record<string, CodeList>> = {
  'problems of capture': {
    codes: membersOf('lib/page/capture/problems.ts', 'CaptureProblem'),
    sentences: options.keptProblem,
    atLeast: 6,
  },
  'problems that a page tells': {
    codes: matches(page, /(?:[pP]roblem)\(\s*'([a-z-]+)'/gu),
    sentences: options.keptProblem,
    atLeast: 10,
  },
  'problems that the worker keeps': {
    codes: [
      ...matches(worker, /(?:trouble|attempt|onProblem)\(\s*'([a-z-]+)'/gu),
      ...matches(worker, /addProblem\([^)]*?code: '([a-z-]+)'/gu),
    ],
    sentences: options.keptProblem,
    atLeast: 8,
  },
  'why an editor was not written': {
    codes: membersOf('lib/page/editors/replace.ts', 'ReplaceReason'),
    sentences: panel.effectReason,
    atLeast: 10,
  },
  'why an effect failed': {
    codes: [
      ...matches(sources('lib/page/effects/*.ts'), /failed\('([a-z-]+)'/gu),
      ...matches(sources('lib/background/**/*.ts'), /(?:failed\(|reason: )'([a-z-]+)'/gu),
      ...membersOf('lib/messaging/errors.ts', 'MessagingCode'),
    ],
    sentences: panel.effectReason,
    atLeast: 10,
  },
  'why a call failed': {
    codes: membersOf('lib/messaging/errors.ts', 'MessagingCode'),
    sentences: panel.callProblem,
    atLeast: 6,
  },
  'why an answer ended': {
    codes: matches(sources('lib/wire/ended.ts'), /finishDetail: '([a-z-]+)'/gu),
    sentences: panel.output.finishDetail,
    atLeast: 4,
  },
  'how an answer ended': {
    codes: membersOf('lib/domain/output.ts', 'finishState'),
    sentences: panel.output.finish,
    atLeast: 8,
  },
  'why the store did not answer': {
    codes: membersOf('lib/store/errors.ts', 'StoreProblem'),
    sentences: panel.storeProblem,
    atLeast: 5,
  },
  'why a decision was refused': {
    codes: membersOf('lib/domain/decision.ts', 'refusal'),
    sentences: panel.refusal,
    atLeast: 10,
  },
  'why sending stopped': {
    codes: [
      ...membersOf('lib/sync/problems.ts', 'SyncProblem'),
      ...membersOf('lib/sync/call-endpoint.ts', 'CallFailure'),
      ...membersOf('lib/protocol/problem.ts', 'problemCode'),
    ],
    sentences: panel.syncProblem,
    atLeast: 25,
  },
  'steps of the connection test': {
    codes: matches(sources('lib/sync/test-*.ts'), /(?:passed|missed)\('([a-z-]+)'/gu),
    sentences: options.sync.steps,
    atLeast: 7,
  },
  'what a setting may be': {
    codes: Object.keys(catalog),
    sentences: options.settingProblem.allowed,
    atLeast: 13,
  },
  'what is wrong with a setting': {
    codes: [
      ...membersOf('lib/sites/custom-sites.ts', 'CustomSiteProblem'),
      ...matches(sources('lib/sites/custom-sites.ts'), /problem\('([a-z-]+)'/gu),
      ...matches(sources('lib/settings/catalog.ts'), /code: '([a-z-]+)'/gu),
    ],
    sentences: options.settingProblem,
    atLeast: 8,
  },
  'what is wrong in a description': {
    // The codes of zod's issues (zod 4, `$ZodIssueCode`).
    codes: [
      'invalid_type',
      'too_big',
      'too_small',
      'invalid_format',
      'not_multiple_of',
      'unrecognized_keys',
      'invalid_union',
      'invalid_key',
      'invalid_element',
      'invalid_value',
      'custom',
    ],
    sentences: options.settingProblem.issue,
    atLeast: 11,
  },
  'files that are no settings': {
    codes: membersOf('lib/settings/file.ts', 'FileProblem'),
    sentences: options.privacy.fileProblem,
    atLeast: 3,
  },
  'breaks of the trail': {
    codes: membersOf('lib/audit/verdict.ts', 'BreakMeaning'),
    sentences: panel.check.meaning,
    atLeast: 15,
  },
  'what could not be checked': {
    codes: membersOf('lib/audit/verdict.ts', 'Unevaluated'),
    sentences: panel.check.unevaluated,
    atLeast: 3,
  },
  'entries of the trail': {
    codes: matches(
      readFileSync(join(root, 'lib/domain/event.ts'), 'utf8'),
      /^ {2}'([a-z]+\.[a-z-]+)',$/gmu,
    ),
    sentences: panel.event,
    atLeast: 25,
  },
};

/** The texts of a catalog by their keys, plural forms under one; a key's own dots are no steps. */
function keysOf(texts: object, before = ''): string[] {
  const named = Object.entries(texts).map(
    ([key, text]: [string, unknown]) => [key.replaceAll('.', '-'), text] as const,
  );
  const keys = named.flatMap(([key, text]) =>
    typeof text === 'object' && text !== null
      ? keysOf(text, `${before}${key}.`)
      : [before + key.replace(/_(?:zero|one|two|few|many|other)$/u, '')],
  );
  return [...new Set(keys)];
}

const quoteSigns = (text: string) => text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, '\\$&');

/** The keys that no screen and no view names, whole or as a template. */
function unusedIn(texts: object, code: string): string[] {
  const whole = new Set(matches(code, /['"`]([\w.:-]+)['"`]/gu));
  const templates = matches(code, /`([\w.:-]+\.\$\{[^`]*)`/gu).map(
    (template) =>
      new RegExp(
        `^${template
          .split(/\$\{[^}]*\}/u)
          .map(quoteSigns)
          .join('[\\w-]+')}$`,
        'u',
      ),
  );
  return keysOf(texts).filter(
    (key) => !whole.has(key) && !templates.some((template) => template.test(key)),
  );
}

describe('every sentence is said somewhere', () => {
  const screens = sources('{components,lib/view,lib/page/pill,entrypoints}/**/*.{ts,tsx}');

  test('the search itself finds whole keys, templates and plurals', () => {
    const texts = { a: { b: 'B', c_one: 'C', c_other: 'Cs', d: 'D', e: { f: 'F' } } };
    expect(unusedIn(texts, "t('a.b'); t('a.c', { count }); t(`a.e.${f}`)")).toEqual(['a.d']);
  });

  test.each(Object.entries({ panel, options }))('%s', (_name, texts) => {
    expect(keysOf(texts).length).toBeGreaterThan(100);
    expect(unusedIn(texts, screens)).toEqual([]);
  });
});

describe('every code has a sentence', () => {
  test.each(Object.entries(LISTS))('%s', (_name, { codes, sentences, atLeast }) => {
    expect(codes.length).toBeGreaterThanOrEqual(atLeast);
    expect(codes.filter((code) => !Object.hasOwn(sentences, code))).toEqual([]);
  });

  test('sentences about trouble say what to do next', () => {
    const troubles = {
      ...options.keptProblem,
      ...panel.storeProblem,
      ...panel.effectReason,
      ...panel.callProblem,
    };
    // Two sentences: what happened, and what now.
    const short = Object.entries(troubles).filter(([, says]) => !/[.:] \S/u.test(says));
    const NOTHING_TO_DO = ['undone', 'refused', 'bad-reply'];
    expect(short.filter(([code]) => !NOTHING_TO_DO.includes(code))).toEqual([]);
  });
});

test('no sentence is empty: its key would be shown in its place', () => {
  const empty = (value: unknown, at: string): string[] =>
    typeof value === 'string'
      ? value.trim() === ''
        ? [at]
        : []
      : Object.entries(value ?? {}).flatMap(([key, of]) => empty(of, `${at}.${key}`));
  expect([...empty(panel, 'panel'), ...empty(options, 'options')]).toEqual([]);
});
