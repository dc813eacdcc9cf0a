import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCustomSites } from './custom-sites.ts';

const doc = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'sites.md'), 'utf8');
const examples = [...doc.matchAll(/```json\n([\s\S]*?)```/gu)].map((match) => match[1] ?? '');

it('every example of the documentation is a right one', () => {
  expect(examples).toHaveLength(2);
  for (const example of examples) {
    const settings: unknown = JSON.parse(example);
    const custom =
      typeof settings === 'object' && settings !== null && 'customSites' in settings
        ? settings.customSites
        : null;
    const { sites, problems } = readCustomSites(custom);
    expect(problems).toEqual([]);
    expect(sites).toHaveLength(1);
  }
});
