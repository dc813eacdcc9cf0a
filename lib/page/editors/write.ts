import { isNativeField, type EditorHandle } from './handle.ts';
import type { Pasted } from './pasted.ts';
import { wait } from './wait.ts';

/**
 * The editor's own words for what is selected, asked by a copy event that never reaches the
 * clipboard: rich editors answer from their model, not from what the screen shows. '' where the
 * editor does not answer (native fields, plain contenteditable).
 */
export function selectedModelText(handle: EditorHandle): string {
  const clipboardData = new DataTransfer();
  handle.root.dispatchEvent(
    new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true, composed: true }),
  );
  return clipboardData.getData('text/plain');
}

/**
 * Puts the new text over the selection as a paste, which every editor library handles in its model,
 * or, where nobody does, as typed text. `untouched` tells whether the text is still the old one:
 * some editors take a paste without saying so. The browser's undo history stays whole.
 */
export async function typeOver(
  handle: EditorHandle,
  { text, html }: Pasted,
  untouched: () => boolean,
): Promise<void> {
  const { root, document } = handle;
  if (isNativeField(root)) {
    document.execCommand('insertText', false, text);
    return;
  }
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  if (html !== '') clipboardData.setData('text/html', html);
  const refused = root.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }),
  );
  if (!refused) return;
  await wait(120);
  if (untouched()) document.execCommand('insertText', false, text);
}

/** Undoes the last step: the editor's own way when it has one, else the browser's. */
export async function undo(handle: EditorHandle): Promise<void> {
  const mac = /^mac/iu.test(navigator.platform);
  const open = handle.root.dispatchEvent(
    new KeyboardEvent('keydown', {
      key: 'z',
      code: 'KeyZ',
      keyCode: 90,
      which: 90,
      ctrlKey: !mac,
      metaKey: mac,
      bubbles: true,
      cancelable: true,
      composed: true,
    }),
  );
  if (open) handle.document.execCommand('undo');
  await wait(60);
}
