const BASE_MS = 1_000;
const MAX_MS = 15 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Wait before asking again where only a person can change something, in milliseconds. */
export const PROBE_MS = MAX_MS;

/**
 * Full-jitter exponential wait in milliseconds: from 0 up to 1 s · 2^attempt, at most 15 minutes, so
 * that many devices don't come back at once. `random` gives [0, 1).
 */
export function jitter(attempt: number, random: () => number): number {
  return Math.floor(random() * Math.min(MAX_MS, BASE_MS * 2 ** Math.min(attempt, 30)));
}

/**
 * The wait that a `Retry-After` asks for (RFC 9110 §10.2.3), in milliseconds from 0 to 24 hours; 0 when
 * there is none or it is neither seconds nor an HTTP date.
 */
export function retryAfterMs(value: string | null, now: number): number {
  const text = value?.trim() ?? '';
  const wait = /^\d+$/.test(text)
    ? Number(text) * 1000
    : /^[A-Z][a-z]{2}, /.test(text)
      ? Date.parse(text) - now
      : 0;
  return Number.isNaN(wait) ? 0 : Math.min(DAY_MS, Math.max(0, wait));
}

/**
 * Whether it is too early to try. A time beyond every wait we give, or a failure in the future, comes
 * from a clock that was wrong.
 */
export function isTooEarly(
  { nextAt, lastProblem }: { nextAt: number; lastProblem: { at: number } | null },
  now: number,
): boolean {
  return nextAt > now && nextAt <= now + DAY_MS && now >= (lastProblem?.at ?? 0);
}
