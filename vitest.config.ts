import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

export default defineConfig({
  plugins: [WxtVitest()],
  test: {
    include: ['{lib,components,server,scripts,demo}/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    exclude: [
      'tests/e2e/**',
      'tests/apps/**',
      'node_modules/**',
      // Minutes each: `npm run test:long` runs them.
      ...(process.env['LONG_TESTS'] === undefined ? ['**/*.long.test.ts'] : []),
    ],
    testTimeout: 60_000,
  },
});
