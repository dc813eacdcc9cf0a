import { storage } from 'wxt/utils/storage';
import * as z from 'zod/mini';

/** Which collector and provider a sign-in is for. */
const place = z.object({
  endpoint: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  scopes: z.array(z.string()),
});

const signedIn = z.extend(place, {
  tokens: z.object({
    bearer: z.string(),
    refresh: z.string(),
    subject: z.string(),
    expiresAt: z.number(),
  }),
});

const signInNote = z.extend(place, { who: z.string() });

/** Somebody who is signed in. */
export type SignedIn = z.infer<typeof signedIn>;
/** That somebody signed in and has not signed out: no token, and whose it was only as a hash. */
export type SignInNote = z.infer<typeof signInNote>;

// In memory only: never on disk, and gone with the browser.
const session = storage.defineItem<unknown>('session:signIn', { fallback: null });
const tried = storage.defineItem<unknown>('session:signInTried', { fallback: null });
const note = storage.defineItem<unknown>('local:signedIn', { fallback: null });

const read = async <T>(schema: z.ZodMiniType<T>, value: Promise<unknown>): Promise<T | null> => {
  const parsed = schema.safeParse(await value);
  return parsed.success ? parsed.data : null;
};

/** Where a sign-in is kept. Only the worker uses it. */
export const signInStore = {
  session: () => read(signedIn, session.getValue()),
  setSession: (value: SignedIn) => session.setValue(value),
  clearSession: () => session.removeValue(),
  note: () => read(signInNote, note.getValue()),
  setNote: (value: SignInNote) => note.setValue(value),
  clearNote: () => note.removeValue(),
  /** When the provider was last asked silently, in vain; 0 for not in this run of the browser. */
  triedAt: async () => (await read(z.number(), tried.getValue())) ?? 0,
  setTriedAt: (at: number) => tried.setValue(at),
};

export type SignInStore = typeof signInStore;
