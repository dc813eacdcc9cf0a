/** What can go wrong with capture in a page; each code has its sentence in the catalog. */
export const CAPTURE_PROBLEMS = [
  /** Nobody took the port: the page was open before the tap, and must be reloaded. */
  'tap-missing',
  /** More messages or bytes than an app sends; some were dropped, the outputs in them are cut. */
  'tap-flood',
  /** A message that the tap does not send: something in the page forges them. */
  'tap-bad-message',
  /** The page streamed an answer that was not seen on the wire. */
  'answer-not-on-wire',
  /** A selector of the site's description cannot be used. */
  'answer-selector',
  /** A declared output did not fit the contract (docs/integration.md). */
  'declared-invalid',
] as const;

export type CaptureProblem = (typeof CAPTURE_PROBLEMS)[number];

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
