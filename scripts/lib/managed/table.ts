import { managedKeys, type ManagedNode } from './schema.ts';

const BEGIN = '<!-- managed keys: made from the settings catalog before each build -->';
const END = '<!-- end of managed keys -->';

function typeName({ type, items, additionalProperties }: ManagedNode): string {
  if (items !== undefined) return `list of ${typeName(items)}`;
  if (additionalProperties !== undefined) return `map to ${typeName(additionalProperties)}`;
  return type;
}

const cell = (text: string) => text.replaceAll('|', '\\|');

/** The document with its table of keys as the catalog has them. @throws Error when its marks are gone. */
export function withManagedTable(document: string): string {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error('docs/admin-policy.md has lost the marks of its table');
  const rows = managedKeys().map(({ key, node, meaning, allowed, fallback }) =>
    [`\`${key}\``, typeName(node), meaning, allowed, `\`${JSON.stringify(fallback)}\``].map(cell),
  );
  const lines = [['Key', 'Type', 'Meaning', 'Allowed', 'Default'], ...rows];
  const widths = lines[0]?.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const row = (cells: readonly string[]) =>
    `| ${cells.map((text, i) => text.padEnd(widths?.[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = lines;
  const rule = row(head.map((_, i) => '-'.repeat(widths?.[i] ?? 0)));
  return [before + BEGIN, '', row(head), rule, ...body.map(row), '', END + after].join('\n');
}
