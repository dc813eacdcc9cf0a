import { trackComposition } from './composition.ts';

/** An editor a person writes a reply in, as the page offers it. */
export interface EditorHandle {
  /** `native`: textarea or text input; `editable`: contenteditable; `frame`: a document in an iframe. */
  readonly kind: 'native' | 'editable' | 'frame';
  /** What the site's locator found: the field, the editing host, or the iframe. */
  readonly element: Element;
  /** The document the text stands in: the iframe's own for `frame`. */
  readonly document: Document;
  /** The field, the editing host, or the iframe's body. */
  readonly root: HTMLElement;
}

/** A field whose text is its `value`. */
export type NativeField = HTMLTextAreaElement | HTMLInputElement;

const TEXT_INPUTS = new Set(['text', 'search', '']);

/** By name, not by instanceof: elements of an iframe belong to another realm. */
export function isNativeField(element: Element): element is NativeField {
  if (element.localName === 'textarea') return true;
  return (
    element.localName === 'input' &&
    TEXT_INPUTS.has((element.getAttribute('type') ?? '').toLowerCase())
  );
}

function isFrame(element: Element): element is HTMLIFrameElement {
  return element.localName === 'iframe';
}

function isHtml(element: Element): element is HTMLElement {
  return 'isContentEditable' in element;
}

/** The editing host of an editable element: the outermost editable one around it. */
function editingHost(element: HTMLElement): HTMLElement {
  let host = element;
  for (let up = host.parentElement; up?.isContentEditable === true; up = up.parentElement)
    host = up;
  return host;
}

/** The document inside an iframe, or null when it is another origin's. */
function innerDocument(frame: HTMLIFrameElement): Document | null {
  try {
    return frame.contentDocument;
  } catch {
    // A sandboxed or foreign frame answers by throwing in some states: not ours to read.
    return null;
  }
}

/**
 * Opens the editor that `element` is: a textarea or text input, a contenteditable element (or one
 * inside it), or an iframe whose same-origin document is editable. Null when it is none of these
 * or not editable yet; ask again when the page has changed. Never throws.
 */
export function openEditor(element: Element): EditorHandle | null {
  const handle = describe(element);
  if (handle !== null) trackComposition(handle.document);
  return handle;
}

function describe(element: Element): EditorHandle | null {
  if (isNativeField(element)) {
    return { kind: 'native', element, document: element.ownerDocument, root: element };
  }
  if (isFrame(element)) {
    const inner = innerDocument(element);
    const body = inner?.body;
    if (!inner || !body) return null;
    const editable = body.isContentEditable || inner.designMode === 'on';
    return editable ? { kind: 'frame', element, document: inner, root: body } : null;
  }
  if (!isHtml(element) || !element.isContentEditable) return null;
  const root = editingHost(element);
  if (root.localName === 'body' && root.ownerDocument.defaultView?.frameElement) {
    // Found from inside its own frame: the body is the editor.
    return { kind: 'frame', element: root, document: root.ownerDocument, root };
  }
  return { kind: 'editable', element: root, document: root.ownerDocument, root };
}

/** True while the handle's root still stands in its document and that document in the page. */
export function isLive(handle: EditorHandle): boolean {
  if (!handle.element.isConnected || !handle.root.isConnected) return false;
  return !isFrame(handle.element) || innerDocument(handle.element) === handle.document;
}

/**
 * The handle as it is now: the same while it is live, a fresh one when an iframe has loaded a new
 * document, null when the editor has left the page.
 */
export function refresh(handle: EditorHandle): EditorHandle | null {
  if (isLive(handle)) return handle;
  return handle.element.isConnected ? openEditor(handle.element) : null;
}

/** True when the editor refuses typing now: disabled, read-only, or switched off by its app. */
export function isReadOnly(handle: EditorHandle): boolean {
  const { root } = handle;
  if (isNativeField(root)) return root.readOnly || root.matches(':disabled');
  if (root.getAttribute('aria-readonly') === 'true') return true;
  return !root.isContentEditable && handle.document.designMode !== 'on';
}
