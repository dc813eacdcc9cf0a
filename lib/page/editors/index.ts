/** Reads and writes the editors of a page: the isolated world's only way to a composer's text. */
export { openEditor, isLive, type EditorHandle } from './handle.ts';
export { readComposer } from './read.ts';
export { replaceRange } from './replace.ts';
export { watchEditor } from './watch.ts';
