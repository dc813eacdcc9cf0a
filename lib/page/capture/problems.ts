/**
 * What can go wrong with capture in a page; each code has its sentence in the catalog.
 * - `tap-missing`: nobody took the port; the page was open before the tap and must be reloaded.
 * - `tap-flood`: more than any app sends; some was dropped, the outputs in it are cut.
 * - `tap-bad-message`: a message that the tap does not send; something in the page forges them.
 * - `answer-not-on-wire`: the page streamed an answer that was not seen on the wire.
 * - `answer-selector`: a selector of the site's description cannot be used.
 * - `declared-invalid`: a declared output did not fit the contract (docs/integration.md).
 */
export type CaptureProblem =
  | 'tap-missing'
  | 'tap-flood'
  | 'tap-bad-message'
  | 'answer-not-on-wire'
  | 'answer-selector'
  | 'declared-invalid';

/** A problem is told once in this many milliseconds. */
const TOLD_EVERY_MS = 10_000;

/** Tells problems, each at most once in ten seconds, so that a flood of them is none itself. */
export function createProblems(
  tell: (code: CaptureProblem, detail: string) => void,
  now: () => number,
): (code: CaptureProblem, detail: string) => void {
  const toldAt = new Map<CaptureProblem, number>();
  return (code, detail) => {
    const at = now();
    if (at - (toldAt.get(code) ?? -TOLD_EVERY_MS) < TOLD_EVERY_MS) return;
    toldAt.set(code, at);
    tell(code, detail.slice(0, 200));
  };
}
