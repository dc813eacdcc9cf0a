// What Chrome is told of the keys that an organization may set: made from the settings catalog.
import * as z from 'zod/mini';
import { catalog, PERSONAL_KEYS, type SettingKey } from '../../../lib/settings/catalog.ts';
import admin from '../../../locales/en/admin.json' with { type: 'json' };
import options from '../../../locales/en/options.json' with { type: 'json' };

/** Chrome's subset of JSON Schema, version 3: one `type` in each node. */
export interface ManagedNode {
  type: 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';
  description?: string;
  items?: ManagedNode;
  additionalProperties?: ManagedNode;
}

/** A key that an organization may set. */
export interface ManagedKey {
  key: Exclude<SettingKey, (typeof PERSONAL_KEYS)[number]>;
  node: ManagedNode;
  meaning: string;
  allowed: string;
  fallback: unknown;
}

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'] as const;

/**
 * The form alone, without the bounds. Chrome drops a value that breaks a bound and says so nowhere in the
 * extension; a wrong mode would vanish and nothing would be held. So bounds are ours to check and to name.
 */
function formOf(schema: z.core.JSONSchema.BaseSchema): ManagedNode {
  // Chrome has no "any value": what has no type is a text that holds JSON.
  const named = schema.type ?? (schema.enum === undefined ? undefined : typeof schema.enum[0]);
  const type = TYPES.find((one) => one === named) ?? 'string';
  const { items, additionalProperties } = schema;
  if (type === 'array')
    return { type, items: formOf(typeof items === 'object' && !Array.isArray(items) ? items : {}) };
  if (type === 'object')
    return {
      type,
      additionalProperties: formOf(
        typeof additionalProperties === 'object' ? additionalProperties : {},
      ),
    };
  return { type };
}

const isPersonal = (key: SettingKey): key is (typeof PERSONAL_KEYS)[number] =>
  PERSONAL_KEYS.some((one) => one === key);

/** The keys that an organization may set, in the catalog's order. */
export function managedKeys(): ManagedKey[] {
  return (Object.keys(catalog) as SettingKey[]).flatMap((key) => {
    if (isPersonal(key)) return [];
    const { schema, fallback } = catalog[key];
    const form = formOf(z.toJSONSchema(schema, { unrepresentable: 'any' }));
    const allowed = options.settingProblem.allowed[key];
    return [{ key, node: form, meaning: admin.meaning[key], allowed, fallback }];
  });
}

/** The text of `managed_schema.json`. */
export function managedSchema(): string {
  const properties = managedKeys().map(({ key, node, meaning, allowed }) => [
    key,
    { ...node, description: `${meaning} ${allowed}` },
  ]);
  const schema = {
    $schema: 'http://json-schema.org/draft-03/schema#',
    type: 'object',
    properties: Object.fromEntries(properties),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
