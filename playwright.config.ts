import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests',
  testMatch: ['e2e/**/*.spec.ts', 'apps/**/*.spec.ts', 'faults/**/*.spec.ts'],
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  // On two noisy cores a browser may stall for a minute; what passes only on another try is reported as flaky.
  retries: process.env['CI'] === 'true' ? 2 : 0,
  forbidOnly: true,
  reporter: [['list']],
});
