import { canonicalText } from '../domain/canonical.ts';

const linesOf = (text: string) => canonicalText(text).split('\n');

/**
 * Whether `now` is `shown` with the draft's lines replaced by the edited ones and nothing else added, lost
 * or left over, by the canonical rule. False as well when the draft does not stand in `shown`.
 */
export function editedInside(text: {
  shown: string;
  draft: string;
  edited: string;
  now: string;
}): boolean {
  const shown = linesOf(text.shown);
  const draft = linesOf(text.draft);
  const now = canonicalText(text.now);
  return shown.some((_, at) => {
    if (draft.some((line, i) => shown[at + i] !== line)) return false;
    const expected = [
      ...shown.slice(0, at),
      canonicalText(text.edited),
      ...shown.slice(at + draft.length),
    ];
    return expected.filter((line) => line !== '').join('\n') === now;
  });
}
