import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withManagedTable } from './table.ts';
import { managedSchema } from './schema.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** The files that are made from the settings catalog: path, what stands there, what should. */
export function managedFiles(): { file: string; text: string; wanted: string }[] {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const schema = 'public/managed_schema.json';
  const docs = 'docs/admin-policy.md';
  return [
    { file: schema, text: read(schema), wanted: managedSchema() },
    { file: docs, text: read(docs), wanted: withManagedTable(read(docs)) },
  ];
}

/** Brings them in step with the catalog; run before each build. */
export function writeManagedFiles(): void {
  for (const { file, text, wanted } of managedFiles())
    if (text !== wanted) writeFileSync(join(root, file), wanted);
}
