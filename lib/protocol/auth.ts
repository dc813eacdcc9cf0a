import * as z from 'zod/mini';

/** https, or http on the machine itself; nobody's password in it. */
export function isSafeAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  const isLoopback = hostname === '127.0.0.1' || hostname === 'localhost';
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback);
  return isSafe && `${username}${password}` === '';
}

/** Where people sign in: a safe address without query and fragment (OIDC Discovery §2). */
export const issuerField = z.string().check(
  z.maxLength(500),
  z.refine((value) => isSafeAddress(value) && !/[?#]/.test(value)),
);

/** Printable ASCII without spaces, quotes and backslashes: what a scope and a client's id are made of. */
const word = (max: number) =>
  z.string().check(z.maxLength(max), z.regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/));

/** How people sign in at a collector: all that a device needs besides its address. */
export const authReply = z.object({
  /** Null where only tokens are taken that an administrator made. */
  oidc: z.nullable(
    z.object({
      issuer: issuerField,
      clientId: word(200),
      scopes: z.array(word(100)).check(z.maxLength(20)),
    }),
  ),
});
export type SignInOffer = NonNullable<z.infer<typeof authReply>['oidc']>;
