import { isNativeField, type EditorHandle } from './handle.ts';
import type { Line, Point } from './lines.ts';
import { wait } from './wait.ts';

/** Elements around text that carry a link or a look and are no block. */
const INLINE = new Set(
  'A B STRONG I EM U S DEL STRIKE CODE SPAN FONT SUB SUP SMALL BIG MARK'.split(' '),
);

function isFocusable(element: Element): element is HTMLElement {
  return 'focus' in element;
}

/** True when keys typed into the editor's document would go to the editor. */
export function hasFocus(handle: EditorHandle): boolean {
  const tree = handle.root.getRootNode();
  const scope = tree instanceof ShadowRoot ? tree : handle.document;
  return scope.activeElement === handle.root;
}

/**
 * Makes the editor the active element. While the person is in the side panel the page has no
 * focus and no focus event is fired, so editors that wait for one are told.
 */
export async function takeFocus(handle: EditorHandle): Promise<void> {
  const { root, document } = handle;
  root.focus({ preventScroll: true });
  if (document.hasFocus()) return;
  root.dispatchEvent(new FocusEvent('focus', { composed: true }));
  root.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
  await wait(30);
}

/**
 * The same place, but outside the links and formatting that begin or end there: what is put in
 * their place must not become part of them.
 */
function outside(handle: EditorHandle, point: Point, edge: 'start' | 'end'): Point {
  let { node, offset } = point;
  for (;;) {
    const length = node.nodeType === 3 ? (node.nodeValue?.length ?? 0) : node.childNodes.length;
    const parent = node.parentNode;
    const atEdge = edge === 'start' ? offset === 0 : offset === length;
    const inline = node.nodeType === 3 || INLINE.has(node.nodeName);
    if (!atEdge || !inline || parent === null || node === handle.root) return { node, offset };
    if (node.nodeType === 3 && !INLINE.has(parent.nodeName)) return { node, offset };
    offset = Array.prototype.indexOf.call(parent.childNodes, node) + (edge === 'start' ? 0 : 1);
    node = parent;
  }
}

/**
 * Selects from one place to another and gives the editor time to take it over into its model:
 * in the same tick CKEditor 5, ProseMirror, Draft.js, Slate and Trix still have the old selection.
 */
export async function select(handle: EditorHandle, from: Point, to: Point): Promise<void> {
  const { root, document } = handle;
  if (isNativeField(root)) {
    root.setSelectionRange(from.offset, to.offset);
    await wait(30);
    return;
  }
  const [start, end] = [outside(handle, from, 'start'), outside(handle, to, 'end')];
  document.getSelection()?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
  await wait(30);
  document.dispatchEvent(new Event('selectionchange'));
  await wait(60);
}

/** Where the person was before the editor was written to. */
export interface Place {
  readonly active: Element | null;
  readonly field: { readonly start: number; readonly end: number } | null;
  readonly anchor: Point | null;
  readonly head: Point | null;
}

/** Remembers focus and selection; give it to `restorePlace`. */
export function rememberPlace(handle: EditorHandle): Place {
  const { root, document } = handle;
  const active = handle.element.ownerDocument.activeElement;
  if (isNativeField(root)) {
    const start = root.selectionStart ?? 0;
    return { active, field: { start, end: root.selectionEnd ?? start }, anchor: null, head: null };
  }
  const at = document.getSelection();
  const inside = (node: Node | null | undefined, offset: number): Point | null =>
    node && root.contains(node) ? { node, offset } : null;
  return {
    active,
    field: null,
    anchor: inside(at?.anchorNode, at?.anchorOffset ?? 0),
    head: inside(at?.focusNode, at?.focusOffset ?? 0),
  };
}

const stands = (handle: EditorHandle, point: Point | null): point is Point =>
  point !== null &&
  handle.root.contains(point.node) &&
  point.offset <=
    (point.node.nodeType === 3
      ? (point.node.nodeValue?.length ?? 0)
      : point.node.childNodes.length);

/**
 * Puts focus and selection back. What stood in the replaced text is gone: then the caret goes to
 * the end of the new one. `old` and `written` are the replaced and the new lines.
 */
export function restorePlace(
  handle: EditorHandle,
  place: Place,
  old: readonly Line[],
  written: readonly Line[],
): void {
  const { root, document } = handle;
  const end = written.at(-1)?.to;
  if (isNativeField(root)) {
    const from = old[0]?.from.offset ?? 0;
    const to = old.at(-1)?.to.offset ?? 0;
    const move = (offset: number): number => {
      if (offset <= from || end === undefined) return offset;
      return offset < to ? end.offset : offset + end.offset - to;
    };
    root.setSelectionRange(move(place.field?.start ?? to), move(place.field?.end ?? to));
  } else if (stands(handle, place.anchor) && stands(handle, place.head)) {
    const { anchor, head } = place;
    document.getSelection()?.setBaseAndExtent(anchor.node, anchor.offset, head.node, head.offset);
  } else if (end !== undefined && stands(handle, end)) {
    document.getSelection()?.collapse(end.node, end.offset);
  }
  const { active } = place;
  const elsewhere = active !== null && active !== handle.element && active.localName !== 'body';
  if (elsewhere && active.isConnected && isFocusable(active)) active.focus({ preventScroll: true });
}
