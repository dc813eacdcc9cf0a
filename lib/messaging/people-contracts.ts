import * as z from 'zod/mini';
import {
  idField,
  member,
  memberChange,
  meReply,
  mintedReply,
  newMember,
  newToken,
  role,
  tokenInfo,
} from '../protocol/team.ts';

/** What the collector answered, or the code of why it did not. */
export const told = <T extends z.ZodMiniType>(value: T) =>
  z.union([
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), why: z.string() }),
  ]);

export const call = <Request extends z.ZodMiniType, Reply extends z.ZodMiniType>(
  request: Request,
  reply: Reply,
) => ({ from: 'extension' as const, request, reply });

const nothing = z.object({});

/** Calls about people: signing in, and who belongs to the team. The worker asks; no page sees a token of before. */
export const peopleContracts = {
  'sign-in.view': call(
    nothing,
    z.object({
      status: z.enum(['none', 'signed-in', 'again']),
      /** Where one can sign in; null when the collector offers none, or can't be asked. */
      issuer: z.nullable(z.string()),
      /** Who this device is for the collector, by sign-in or by token; null when nobody. */
      person: z.nullable(z.extend(meReply.shape.member, { role })),
      /** Why there is nobody, '' when nothing went wrong. */
      why: z.string(),
    }),
  ),
  /** Opens the provider's window. `why`: '' when signed in. */
  'sign-in.start': call(nothing, z.object({ why: z.string() })),
  'sign-in.end': call(nothing, z.object({ revoked: z.boolean() })),
  'members.list': call(nothing, told(z.array(member))),
  'members.add': call(newMember, told(member)),
  'members.change': call(z.object({ id: idField, change: memberChange }), told(member)),
  'tokens.list': call(z.object({ member: idField }), told(z.array(tokenInfo))),
  /** The one time that the token is shown. */
  'tokens.mint': call(z.extend(newToken, { member: idField }), told(mintedReply)),
  'tokens.revoke': call(z.object({ id: idField }), told(tokenInfo)),
} as const;
