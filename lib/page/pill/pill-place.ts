/** A box in the viewport, in CSS pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Space between pill and editor, in CSS pixels. */
const GAP = 6;

function candidates(editor: Box, pill: Box): { left: number; top: number }[] {
  const right = editor.left + editor.width - pill.width;
  const above = editor.top - pill.height - GAP;
  const below = editor.top + editor.height + GAP;
  return [
    { left: right, top: above },
    { left: right, top: below },
    { left: editor.left, top: below },
    { left: editor.left, top: above },
    { left: editor.left + editor.width + GAP, top: editor.top },
    { left: editor.left - pill.width - GAP, top: editor.top },
  ];
}

/**
 * Where the pill stands: beside the editor, never over it, at the first place that is in view and
 * free; else in a corner of the viewport that the editor leaves free.
 * `isFree` says whether nothing of the page would be covered there.
 */
export function pillPlace(
  editor: Box,
  pill: Box,
  view: { width: number; height: number },
  isFree: (box: Box) => boolean,
): { left: number; top: number } {
  const inView = ({ left, top }: { left: number; top: number }) =>
    left >= 0 && top >= 0 && left + pill.width <= view.width && top + pill.height <= view.height;
  const size = { width: pill.width, height: pill.height };
  const beside = candidates(editor, pill).filter(inView);
  const free = beside.find((place) => isFree({ ...place, ...size }));
  if (free !== undefined) return free;
  const left = Math.max(0, view.width - pill.width - GAP);
  const corners = [
    { left, top: Math.max(0, view.height - pill.height - GAP) },
    { left, top: GAP },
    { left: GAP, top: Math.max(0, view.height - pill.height - GAP) },
  ];
  const covers = (place: { left: number; top: number }) =>
    place.left < editor.left + editor.width &&
    place.left + pill.width > editor.left &&
    place.top < editor.top + editor.height &&
    place.top + pill.height > editor.top;
  return (
    corners.find((place) => !covers(place) && isFree({ ...place, ...size })) ??
    beside[0] ??
    corners.find((place) => !covers(place)) ?? { left, top: GAP }
  );
}
