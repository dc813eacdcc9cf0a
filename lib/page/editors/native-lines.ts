import type { NativeField } from './handle.ts';
import { addLine, type Line, type LocatedText } from './lines.ts';

const NO_MARKS: ReadonlySet<string> = new Set();

/** Reads a native field: its value, line by line; places are offsets into the value. */
export function readNative(field: NativeField): LocatedText {
  const lines: Line[] = [];
  let start = 0;
  for (const text of field.value === '' ? [] : field.value.split('\n')) {
    addLine(lines, {
      text,
      role: 'body',
      from: { node: field, offset: start },
      to: { node: field, offset: start + text.length },
      paragraph: 0,
      marks: NO_MARKS,
      links: [],
    });
    start += text.length + 1;
  }
  return { lines, links: [] };
}
