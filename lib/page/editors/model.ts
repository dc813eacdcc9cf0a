import { isNativeField, type EditorHandle } from './handle.ts';
import type { Line } from './lines.ts';
import { select } from './selection.ts';
import { wait } from './wait.ts';
import { selectedModelText } from './write.ts';

/** Letters only: editors part paragraphs, cells and list items in their own ways when they copy. */
const letters = (text: string): string => text.replace(/[\s\u200b\ufeff]+/gu, '');

/** Whether the editor's model says the same as its screen; `none`: it has no model of its own. */
export type ModelSays = 'same' | 'other' | 'none';

/** Selects these lines and asks the editor's model for them. */
export async function askModel(handle: EditorHandle, lines: readonly Line[]): Promise<ModelSays> {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return 'none';
  await select(handle, first.from, last.to);
  if (isNativeField(handle.root)) return 'none';
  await wait(40);
  const model = letters(selectedModelText(handle));
  if (model === '') return 'none';
  return model === letters(lines.map((line) => line.text).join('')) ? 'same' : 'other';
}
