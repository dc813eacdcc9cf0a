/** Parses JSON text that nobody vouches for; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // Cut or broken text is an answer of its own here: there is no value in it.
    return undefined;
  }
}
