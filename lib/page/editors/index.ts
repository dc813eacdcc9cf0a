/** Reads and writes the editors of a page; the isolated world's only way to a composer's text. */
export { openEditor, isLive, type EditorHandle } from './handle.ts';
export { readComposer, type ComposerRead } from './read.ts';
export type { Locators } from './dom-lines.ts';
