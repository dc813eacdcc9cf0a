import { uuidv7 } from 'uuidv7';
import * as z from 'zod/mini';
import { MAX_SMALL_BYTES } from '../../lib/protocol/limits.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { idField, member, memberChange, membersReply, newMember } from '../../lib/protocol/team.ts';
import { memberRoute } from '../api/route.ts';
import { SCHEMA } from '../db/schema.ts';
import { changeOrg } from '../org/change-org.ts';
import { unlink } from '../org/identities.ts';
import { keepAnAdmin, memberOf, memberRow } from '../org/members.ts';

/** The people of an organisation. */
export const memberRoutes = [
  memberRoute({
    id: 'members.list',
    method: 'GET',
    path: PATHS.members,
    summary: 'The people of the organisation',
    // A lead hands cases over: to whom, must be seen.
    least: 'lead',
    reply: membersReply,
    async handle({ service, caller: { org } }) {
      const rows = await service.db
        .withSchema(SCHEMA)
        .selectFrom('members')
        .selectAll()
        .where('org', '=', org)
        .orderBy('name')
        .orderBy('id')
        .execute();
      return { members: rows.map(memberOf) };
    },
  }),
  memberRoute({
    id: 'members.add',
    method: 'POST',
    path: PATHS.members,
    summary: 'Adds a person',
    least: 'admin',
    body: { schema: newMember, max: MAX_SMALL_BYTES },
    reply: member,
    status: 201,
    handle: ({ service, caller, body }) =>
      changeOrg(service, caller, async ({ tx, at, record }) => {
        const row = {
          ...body,
          org: caller.org,
          id: uuidv7(),
          active: true,
          created_at: new Date(at).toISOString(),
        };
        await tx.withSchema(SCHEMA).insertInto('members').values(row).execute();
        await record({ type: 'member.added', data: { memberId: row.id, role: row.role } });
        return memberOf(row);
      }),
  }),
  memberRoute({
    id: 'members.change',
    method: 'PATCH',
    path: PATHS.member(':id'),
    summary:
      'Changes name, address or role of a person, or ends their access; another address unlinks sign-ins',
    least: 'admin',
    params: z.object({ id: idField }),
    body: { schema: memberChange, max: MAX_SMALL_BYTES },
    reply: member,
    problems: ['not-found', 'last-admin'],
    handle: ({ service, caller, params: { id }, body }) =>
      changeOrg(service, caller, async ({ tx, record, tell }) => {
        const { org } = caller;
        const before = await memberRow(tx, org, id);
        const { name = before.name, email = before.email } = body;
        const { role = before.role, active = before.active } = body;
        await tx
          .withSchema(SCHEMA)
          .updateTable('members')
          .set({ name, email, role, active })
          .where('org', '=', org)
          .where('id', '=', id)
          .execute();
        await keepAnAdmin(tx, org);
        const isSame = before.email.toLowerCase() === email.toLowerCase();
        const unlinked = isSame ? [] : await unlink(tx, org, id);
        await record({
          type: 'member.changed',
          data: {
            memberId: id,
            role: { before: before.role, after: role },
            active: { before: before.active, after: active },
            renamed: before.name !== name || before.email !== email,
          },
        });
        for (const { issuer } of unlinked)
          await record({ type: 'member.unlinked', data: { memberId: id, issuer } });
        if (unlinked.length > 0) await tell(`member:${id}`, { kind: 'signout' });
        if (before.active && !active) await tell(`member:${id}`, { kind: 'signout' });
        else if (before.role !== role) await tell(`member:${id}`, { kind: 'role', role });
        return memberOf({ ...before, name, email, role, active });
      }),
  }),
];
