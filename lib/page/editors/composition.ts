const tracked = new WeakSet<Document>();
const composing = new WeakSet<Document>();

/**
 * Remembers from now on whether an input method is composing in this document. Writing into an
 * editor at that moment corrupts both texts, and no API tells it afterwards.
 */
export function trackComposition(document: Document): void {
  if (tracked.has(document)) return;
  tracked.add(document);
  const begin = () => composing.add(document);
  const end = () => composing.delete(document);
  document.addEventListener('compositionstart', begin, true);
  document.addEventListener('compositionend', end, true);
  // A composition in an element that leaves the page never ends: losing focus ends it too.
  document.addEventListener('focusout', end, true);
}

/** True while an input method composes in this document (known since `trackComposition`). */
export function isComposing(document: Document): boolean {
  return composing.has(document);
}
