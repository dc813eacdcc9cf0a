import { replyEnvelope } from './envelope.ts';
import { MessagingError, transportCode } from './errors.ts';

/** How long a call waits before it rejects with `timeout`, in milliseconds. */
const DEFAULT_DEADLINE_MS = 5_000;

/** What a caller may say of one call. */
export interface CallOptions {
  deadlineMs?: number;
}

/** A schema, by the one thing that is asked of it here. */
export interface MessageSchema {
  safeParse(
    value: unknown,
  ): { success: true; data: unknown } | { success: false; error: { message: string } };
}

function withDeadline<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new MessagingError('timeout', `no reply within ${deadlineMs} ms`)),
      deadlineMs,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Sends one call and gives its reply, checked.
 * @throws MessagingError
 */
export async function exchange(
  send: () => Promise<unknown>,
  reply: MessageSchema,
  { deadlineMs = DEFAULT_DEADLINE_MS }: CallOptions,
): Promise<unknown> {
  const answer = await withDeadline(
    Promise.resolve()
      .then(send)
      .catch((error: unknown) => {
        throw new MessagingError(transportCode(error), String(error));
      }),
    deadlineMs,
  );
  const envelope = replyEnvelope.safeParse(answer);
  if (!envelope.success) throw new MessagingError('bad-reply', 'not an envelope');
  if (!envelope.data.ok) throw new MessagingError(envelope.data.code, envelope.data.detail);
  const parsed = reply.safeParse(envelope.data.reply);
  if (!parsed.success) throw new MessagingError('bad-reply', parsed.error.message);
  return parsed.data;
}
