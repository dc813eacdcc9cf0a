import { STORE_BUILD } from './builds.ts';
import type { Part } from './report.ts';
import { BUDGETS, bundleSizes } from './sizes.ts';

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** What the shipped bundles weigh. */
export function benchBundles(): Promise<Part> {
  return Promise.resolve({
    name: 'Bundles',
    rows: bundleSizes(STORE_BUILD).map(({ name, bytes, gzip, files }) => ({
      what: `${name}, minified and gzipped (${files.length === 1 ? '1 file' : `${files.length} files`})`,
      median: kB(gzip),
      p95: '',
      n: 1,
      peer: `before gzip: ${kB(bytes)}`,
      target: `≤ ${kB(BUDGETS[name])}`,
      met: gzip <= BUDGETS[name],
    })),
    notes: ['The panel: page, scripts and styles that it loads before it shows anything.'],
  });
}
