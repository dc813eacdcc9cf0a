import type { ComposerAt } from '../../sites/site-parts.ts';

/** What of a key press matters here; a KeyboardEvent has it. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  keyCode: number;
}

/** Whether an input method takes this key: Enter then confirms a candidate and sends nothing. */
export function isForInputMethod(press: KeyPress): boolean {
  return press.isComposing || press.keyCode === 229;
}

/** Whether this key, pressed in the editor, sends by the composer's declared keys. */
export function sendsByKey(press: KeyPress, keys: ComposerAt['keys']): boolean {
  if (press.key !== 'Enter' || press.shiftKey || press.altKey) return false;
  // The Command key is the Control key of a Mac.
  const withCtrl = press.ctrlKey || press.metaKey;
  return keys.includes(withCtrl ? 'ctrl+enter' : 'enter');
}

/** Whether this key presses a focused control. */
export function pressesControl(press: KeyPress): boolean {
  return press.key === 'Enter' || press.key === ' ';
}
