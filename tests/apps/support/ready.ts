import { test } from '@playwright/test';
import { available, installCommand, type AppName } from '../../../scripts/apps/catalog.ts';

/** Skips the tests of the file, and says why, when one of the apps is not installed here. */
export const skipWithout = async (...names: readonly AppName[]): Promise<void> => {
  for (const name of names) {
    const found = await available(name);
    if (found.ok) continue;
    const why = `${name}: ${found.why} To have it: ${installCommand(name)}`;
    console.log(`  – skipped: ${why}`);
    test.skip(true, why);
  }
};
