import { expect, test } from 'vitest';
import { catalog, PERSONAL_KEYS } from '../lib/settings/catalog.ts';
import { managedFiles } from './lib/managed/files.ts';
import { managedSchema, type ManagedNode } from './lib/managed/schema.ts';

test.each(managedFiles())('$file is in step with the catalog', ({ text, wanted }) => {
  expect(text).toBe(wanted);
});

/** Chrome refuses to load an extension whose schema breaks these rules (Manifest for storage areas). */
function broken(node: ManagedNode, at: string): string[] {
  const { type, description: _, items, additionalProperties, ...rest } = node;
  return [
    ...(typeof type === 'string' ? [] : [`${at}: no single type`]),
    ...Object.keys(rest).map((key) => `${at}: ${key} would make Chrome drop a value silently`),
    ...(type === 'array' && items === undefined ? [`${at}: a list of nothing`] : []),
    ...(items === undefined ? [] : broken(items, `${at}[]`)),
    ...(additionalProperties === undefined ? [] : broken(additionalProperties, `${at}.*`)),
  ];
}

test('the schema has every key but the personal ones, each of one type and without bounds', () => {
  const { type, properties, additionalProperties } = JSON.parse(managedSchema());
  expect(type).toBe('object');
  expect(additionalProperties).toBeUndefined();
  const personal: readonly string[] = PERSONAL_KEYS;
  expect(Object.keys(properties)).toEqual(
    Object.keys(catalog).filter((key) => !personal.includes(key)),
  );
  expect(
    Object.entries<ManagedNode>(properties).flatMap(([key, node]) => broken(node, key)),
  ).toEqual([]);
});
