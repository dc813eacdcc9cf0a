import { Dexie } from 'dexie';

/**
 * Why the database can't be used. `quota`: disk full or quota reached; `closed`: closed by us or the
 * browser; `newer-version`: written by a later version of Countersign; `aborted`: the write was
 * rolled back; `failed`: anything else the browser said.
 */
export type StoreProblem = 'quota' | 'closed' | 'newer-version' | 'aborted' | 'failed';

/** The database can't be read or written; nothing of the call was stored. */
export class StoreUnavailable extends Error {
  readonly code: StoreProblem;
  constructor(code: StoreProblem, cause: unknown) {
    super(`The database is unavailable: ${code}`, { cause });
    this.name = 'StoreUnavailable';
    this.code = code;
  }
}

const CODES: { readonly [name: string]: StoreProblem } = {
  QuotaExceededError: 'quota',
  DatabaseClosedError: 'closed',
  InvalidStateError: 'closed',
  OpenFailedError: 'closed',
  MissingAPIError: 'closed',
  VersionError: 'newer-version',
  AbortError: 'aborted',
  TransactionInactiveError: 'aborted',
  PrematureCommitError: 'aborted',
};

function codeOf(error: unknown): StoreProblem | null {
  if (!(error instanceof Error || error instanceof DOMException)) return null;
  const inner = error instanceof Dexie.DexieError ? error.inner : undefined;
  // The inner error is the browser's own and says more: a full disk aborts the transaction.
  const own = CODES[error.name];
  const deeper = inner instanceof Error || inner instanceof DOMException ? codeOf(inner) : null;
  if (deeper !== null && deeper !== 'failed') return deeper;
  if (own !== undefined) return own;
  const fromBrowser = error instanceof Dexie.DexieError || error instanceof DOMException;
  return fromBrowser ? 'failed' : null;
}

/** `StoreUnavailable` for what the database threw; any other error is given back as it is. */
export function asStoreError(error: unknown): unknown {
  if (error instanceof StoreUnavailable) return error;
  const code = codeOf(error);
  return code === null ? error : new StoreUnavailable(code, error);
}

/** Runs database work; what the database throws comes out as `StoreUnavailable`. */
export async function guarded<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asStoreError(error);
  }
}
