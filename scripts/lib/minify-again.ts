import { minify } from 'terser';
import type { Plugin } from 'vite';

/**
 * Minifies a built script once more: two passes by different minifiers come out 2.5 % smaller than either,
 * and what every watched page loads has the tightest budget (docs/measured/bench.md). `files` are names in the build.
 */
export function minifyAgain(files: readonly string[]): Plugin {
  return {
    name: 'minify-again',
    apply: 'build',
    async generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || !files.includes(chunk.fileName)) continue;
        const { code } = await minify(chunk.code, {
          compress: { passes: 3, keep_fargs: false },
          ecma: 2020,
        });
        if (code === undefined) throw new Error(`Nothing is left of ${chunk.fileName}`);
        chunk.code = code;
      }
    },
  };
}
