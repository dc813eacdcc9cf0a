import * as z from 'zod/mini';
import { timeField } from './fields.ts';

/** UUID of anything that a team names: a member, a token, a case, a comment. */
export const idField = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/));

/** What a person may do. With a collector it alone says who has which. */
export const role = z.enum(['reviewer', 'lead', 'admin']);
export type Role = z.infer<typeof role>;

const RANK: Readonly<Record<Role, number>> = { reviewer: 0, lead: 1, admin: 2 };

/** Whether a role includes another: admin includes lead, lead includes reviewer. */
export function includesRole(has: Role, wanted: Role): boolean {
  return RANK[has] >= RANK[wanted];
}

/** One line that a person reads: no control characters, no lone surrogates. */
const line = (max: number) =>
  z.string().check(
    z.maxLength(max),
    z.refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text)),
  );
const nameField = line(80).check(z.refine((text) => text.trim() !== ''));
/** '' for none. Used for showing and for matching a sign-in, never for sending. */
const emailField = line(254).check(z.regex(/^$|^[^\s@]+@[^\s@]+$/));

/** A person of the organisation. */
export const member = z.object({
  id: idField,
  name: nameField,
  email: emailField,
  role,
  /** False: every token of theirs is refused. */
  active: z.boolean(),
  createdAt: timeField,
});
export type Member = z.infer<typeof member>;

/** Who asks, and what they may do here. */
export const meReply = z.object({
  member: z.object({ id: idField, name: nameField, email: emailField }),
  role,
  org: z.string(),
  /** Names of the operations that this role may ask for, as in the OpenAPI document. */
  permissions: z.array(z.string()),
});

export const membersReply = z.object({ members: z.array(member) });

export const newMember = z.object({ name: nameField, email: emailField, role });

/** What of a member changes; what is absent stays. */
export const memberChange = z.object({
  name: z.optional(nameField),
  email: z.optional(emailField),
  role: z.optional(role),
  active: z.optional(z.boolean()),
});

/** What is known of a token; the token itself was shown once. */
export const tokenInfo = z.object({
  id: idField,
  member: idField,
  label: line(80),
  createdAt: timeField,
  revokedAt: z.nullable(timeField),
});
export type TokenInfo = z.infer<typeof tokenInfo>;

export const tokensReply = z.object({ tokens: z.array(tokenInfo) });

export const newToken = z.object({ label: line(80) });

/** The answer to minting: the only time that the token is shown. */
export const mintedReply = z.object({ token: z.string(), info: tokenInfo });
