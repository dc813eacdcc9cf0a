/** Whether an app can be started here; `why` is a sentence for a person when it cannot. */
export type Availability =
  | { readonly ok: true; readonly why: '' }
  | { readonly ok: false; readonly why: string };

/** It can be started. */
export const AVAILABLE: Availability = { ok: true, why: '' };

/** It cannot, and this sentence says why. */
export const missing = (why: string): Availability => ({ ok: false, why });

/** Told one line of progress. */
export type Say = (line: string) => void;
