import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GUARDS } from './all.ts';

const root = join(import.meta.dirname, '..', '..');

test.each(Object.entries(GUARDS))('each guard of %s stands where the list says', (_, guards) => {
  for (const { name, file, guard, without, tests } of guards) {
    expect(readFileSync(join(root, file), 'utf8').includes(guard), name).toBe(true);
    expect(without, name).not.toBe(guard);
    for (const path of tests) expect(existsSync(join(root, path)), `${name}: ${path}`).toBe(true);
  }
});
