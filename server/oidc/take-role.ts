import type { Role } from '../../lib/protocol/team.ts';
import type { Admission } from '../caller.ts';
import { SCHEMA } from '../db/schema.ts';
import { inOrgTurn } from '../org/change-org.ts';
import { linkedMember, type Linked } from '../org/identities.ts';
import { keepAnAdmin } from '../org/members.ts';
import { Refusal } from '../refusal.ts';
import type { Claims } from './verify-token.ts';

/**
 * A person's role: the provider's where one is configured and this token is newer than the last one that was
 * taken over, else the one that is kept here. An older token of another device changes nothing, and the last
 * administrator stays one.
 */
export async function takeRole(
  admission: Admission,
  org: string,
  member: Linked,
  claims: Claims,
): Promise<Role> {
  const { role, issuedAt } = claims;
  if (role === null || issuedAt <= member.claims_at) return member.role;
  try {
    return await inOrgTurn(admission, org, async ({ tx, recordBy, tell }) => {
      const rows = tx.withSchema(SCHEMA);
      const now = await linkedMember(tx, org, claims);
      if (now === null || !now.active) throw new Refusal('unauthenticated');
      if (issuedAt <= now.claims_at) return now.role;
      await rows
        .updateTable('identities')
        .set({ claims_at: issuedAt })
        .where('org', '=', org)
        .where('issuer', '=', claims.issuer)
        .where('subject', '=', claims.subject)
        .execute();
      if (role === now.role) return role;
      const { id } = now;
      await rows
        .updateTable('members')
        .set({ role })
        .where('org', '=', org)
        .where('id', '=', id)
        .execute();
      await keepAnAdmin(tx, org);
      await recordBy(now, {
        type: 'member.changed',
        data: {
          memberId: id,
          role: { before: now.role, after: role },
          active: { before: true, after: true },
          renamed: false,
          how: 'sign-in',
        },
      });
      await tell(`member:${id}`, { kind: 'role', role });
      return role;
    });
  } catch (error) {
    if (error instanceof Refusal && error.code === 'last-admin') {
      admission.log('warn', 'last-admin-kept');
      return member.role;
    }
    throw error;
  }
}
