/** Wall clock, milliseconds since 1970. The only reader of the clock; tests hand in their own. */
export function now(): number {
  return Date.now();
}
