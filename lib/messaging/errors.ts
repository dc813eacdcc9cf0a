/**
 * Why a call got no usable reply. `invalidated`: the extension was updated or removed under this
 * page; `no-receiver`: nobody listens there; `timeout`: no reply within the deadline; `refused`: the
 * callee did not allow or understand the call; `failed`: it tried and threw; `bad-reply`: a reply that
 * is not in the contract's shape.
 */
export type MessagingCode =
  | 'invalidated'
  | 'no-receiver'
  | 'timeout'
  | 'refused'
  | 'failed'
  | 'bad-reply';

/** The one error that calls between contexts reject with. */
export class MessagingError extends Error {
  readonly code: MessagingCode;

  constructor(code: MessagingCode, detail: string) {
    super(`${code}: ${detail}`);
    this.name = 'MessagingError';
    this.code = code;
  }
}

/** The code of an error that a WebExtension messaging function threw. */
export function transportCode(error: unknown): MessagingCode {
  const text = error instanceof Error ? error.message : String(error);
  if (/context invalidated|cannot read properties of undefined/i.test(text)) return 'invalidated';
  return 'no-receiver';
}
