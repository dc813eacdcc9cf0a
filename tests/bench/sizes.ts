import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a bundle may weigh, minified and gzipped, in bytes (1 kB = 1,000 B). */
export const BUDGETS = { tap: 8_000, page: 40_000, panel: 220_000 } as const;

/** A bundle: the files a browser loads before it runs, and what they weigh gzipped. */
export interface BundleSize {
  name: keyof typeof BUDGETS;
  files: string[];
  bytes: number;
  gzip: number;
}

/** Scripts, preloads and styles that a page names: all that it loads before it runs. */
function namedIn(html: string): string[] {
  return [...html.matchAll(/<(?:script|link)\b[^>]*?\s(?:src|href)="([^"]+)"/g)].map(
    ([, path = '']) => path.replace(/^\//, ''),
  );
}

/** Static imports of a built module: the statements before its first other one, and re-exports. */
function importsOf(code: string): string[] {
  return [
    ...code.matchAll(
      /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^"'();]*?from\s*)?["'](\.[^"']+)["']/g,
    ),
  ].map(([, path = '']) => path);
}

/** Every file that the panel loads at first, by its page and the static imports behind it. */
function firstLoad(build: string, page: string): string[] {
  const files = new Set<string>([page]);
  const todo = namedIn(readFileSync(join(build, page), 'utf8'));
  for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    if (!file.endsWith('.js')) continue;
    for (const path of importsOf(readFileSync(join(build, file), 'utf8')))
      todo.push(join(file, '..', path));
  }
  return [...files];
}

/**
 * Sizes of the bundles that have a budget, as they stand in a build. Each file is gzipped by itself, as
 * it travels. Throws when there is no build.
 */
export function bundleSizes(build: string): BundleSize[] {
  if (!existsSync(join(build, 'manifest.json')))
    throw new Error(`There is no build in ${build}: run npm run build first`);
  const weigh = (name: keyof typeof BUDGETS, files: string[]): BundleSize => {
    const contents = files.map((file) => readFileSync(join(build, file)));
    return {
      name,
      files,
      bytes: contents.reduce((sum, content) => sum + content.byteLength, 0),
      gzip: contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).byteLength, 0),
    };
  };
  return [
    weigh('tap', ['content-scripts/tap.js']),
    weigh('page', ['page.js']),
    weigh('panel', firstLoad(build, 'sidepanel.html')),
  ];
}
