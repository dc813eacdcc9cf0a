/** Reads and writes the editors of a page: the isolated world's only way to a composer's text. */
export { openEditor, isLive, type EditorHandle } from './handle.ts';
export { readComposer, type ComposerRead } from './read.ts';
export { replaceRange, type Replaced, type ReplaceReason } from './replace.ts';
export { watchEditor } from './watch.ts';
export type { Locators } from './dom-lines.ts';
