import * as z from 'zod/mini';
import { MAX_SMALL_BYTES } from '../../lib/protocol/limits.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import {
  idField,
  mintedReply,
  newToken,
  tokenInfo,
  tokensReply,
  type TokenInfo,
} from '../../lib/protocol/team.ts';
import { memberRoute } from '../api/route.ts';
import { SCHEMA, type TokenRow } from '../db/schema.ts';
import { changeOrg } from '../org/change-org.ts';
import { memberRow } from '../org/members.ts';
import { Refusal } from '../refusal.ts';
import { mintToken } from '../tokens.ts';

const params = z.object({ id: idField });

function infoOf({ id, member, label, created_at, revoked_at }: Omit<TokenRow, 'hash'>): TokenInfo {
  return {
    id,
    member,
    label,
    createdAt: created_at,
    revokedAt: revoked_at === '' ? null : revoked_at,
  };
}

/** A person's tokens. */
export const tokenRoutes = [
  memberRoute({
    id: 'tokens.list',
    method: 'GET',
    path: PATHS.memberTokens(':id'),
    summary: "A person's tokens, without the tokens",
    least: 'admin',
    params,
    reply: tokensReply,
    problems: ['not-found'],
    async handle({ service: { db }, caller: { org }, params: { id } }) {
      await memberRow(db, org, id);
      const rows = await db
        .withSchema(SCHEMA)
        .selectFrom('tokens')
        .select(['org', 'id', 'member', 'label', 'created_at', 'revoked_at'])
        .where('org', '=', org)
        .where('member', '=', id)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return { tokens: rows.map(infoOf) };
    },
  }),
  memberRoute({
    id: 'tokens.mint',
    method: 'POST',
    path: PATHS.memberTokens(':id'),
    summary: 'Makes a token for a person; it is shown this once',
    least: 'admin',
    params,
    body: { schema: newToken, max: MAX_SMALL_BYTES },
    reply: mintedReply,
    status: 201,
    problems: ['not-found', 'ended'],
    handle: ({ service, caller, params: { id }, body: { label } }) =>
      changeOrg(service, caller, async ({ tx, record }) => {
        const owner = await memberRow(tx, caller.org, id);
        if (!owner.active) throw new Refusal('ended');
        const { token, row } = await mintToken(tx, { org: caller.org, member: id, label });
        await record({ type: 'token.minted', data: { tokenId: row.id, memberId: id } });
        return { token, info: infoOf(row) };
      }),
  }),
  memberRoute({
    id: 'tokens.revoke',
    method: 'DELETE',
    path: PATHS.token(':id'),
    summary: 'Ends a token at once',
    least: 'admin',
    params,
    reply: tokenInfo,
    problems: ['not-found'],
    handle: ({ service, caller, params: { id } }) =>
      changeOrg(service, caller, async ({ tx, at, record, tell }) => {
        const rows = tx.withSchema(SCHEMA);
        const found = await rows
          .selectFrom('tokens')
          .select(['org', 'id', 'member', 'label', 'created_at', 'revoked_at'])
          .where('org', '=', caller.org)
          .where('id', '=', id)
          .executeTakeFirst();
        if (found === undefined) throw new Refusal('not-found');
        if (found.revoked_at !== '') return infoOf(found);
        const revoked_at = new Date(at).toISOString();
        await rows
          .updateTable('tokens')
          .set({ revoked_at })
          .where('org', '=', caller.org)
          .where('id', '=', id)
          .execute();
        await record({ type: 'token.revoked', data: { tokenId: id, memberId: found.member } });
        await tell(`token:${id}`, { kind: 'signout' });
        return infoOf({ ...found, revoked_at });
      }),
  }),
];
