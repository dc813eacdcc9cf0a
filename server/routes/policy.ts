import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { MAX_POLICY_BYTES } from '../../lib/protocol/limits.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { policiesReply, policyRequest, signedPolicy } from '../../lib/protocol/policy.ts';
import { memberRoute } from '../api/route.ts';
import { SCHEMA } from '../db/schema.ts';
import { changeOrg } from '../org/change-org.ts';
import { Refusal } from '../refusal.ts';

const PAGE = 20;

const hashOf = (json: string) => createHash('sha256').update(json).digest('hex');
const settingsOf = (body: string | undefined) =>
  body === undefined ? {} : signedPolicy.parse(JSON.parse(body)).settings;

/** The keys whose values differ. */
function changedKeys(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .sort();
}

/** The policy of an organisation: versions that are signed and never changed. */
export const policyRoutes = [
  memberRoute({
    id: 'policy.read',
    method: 'GET',
    path: PATHS.policy,
    summary: 'The newest policy, signed',
    least: 'reviewer',
    reply: signedPolicy,
    problems: ['not-found'],
    async handle({ service: { db }, caller: { org } }) {
      const row = await db
        .withSchema(SCHEMA)
        .selectFrom('policies')
        .select(['body', 'version'])
        .where('org', '=', org)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (row === undefined) throw new Refusal('not-found');
      return Response.json(JSON.parse(row.body), { headers: { ETag: `"${row.version}"` } });
    },
  }),
  memberRoute({
    id: 'policy.publish',
    method: 'PUT',
    path: PATHS.policy,
    summary:
      'Puts another policy in force; If-Match names the version before it, "0" for the first',
    least: 'admin',
    body: { schema: policyRequest, max: MAX_POLICY_BYTES },
    reply: signedPolicy,
    conditional: true,
    problems: ['changed'],
    handle: ({ service, caller, body, ifMatch }) =>
      changeOrg(service, caller, async ({ tx, at, record, tell }) => {
        const rows = tx.withSchema(SCHEMA);
        const { org } = caller;
        const held = await rows
          .selectFrom('policies')
          .select(['version', 'body'])
          .where('org', '=', org)
          .orderBy('version', 'desc')
          .limit(1)
          .executeTakeFirst();
        const version = held?.version ?? 0;
        if (ifMatch !== version) throw new Refusal('changed', { version });
        // Devices refuse what is not above the version that they hold: so it is never published.
        if (body.version <= version) throw new Refusal('request-invalid');
        const settings = signedPolicy.shape.settings.parse(body.settings);
        const policy = service.key.signPolicy({ org, ...body, settings });
        const json = JSON.stringify(policy);
        const created_at = new Date(at).toISOString();
        await rows
          .insertInto('policies')
          .values({ org, version: body.version, body: json, member: caller.id, created_at })
          .execute();
        await record({
          type: 'policy.published',
          data: {
            version: { before: version, after: body.version },
            hash: { before: held === undefined ? '' : hashOf(held.body), after: hashOf(json) },
            keys: changedKeys(settingsOf(held?.body), body.settings),
            notBefore: body.notBefore,
            notAfter: body.notAfter,
          },
        });
        await tell('all', { kind: 'policy', version: body.version });
        return policy;
      }),
  }),
  memberRoute({
    id: 'policies.list',
    method: 'GET',
    path: PATHS.policies,
    summary: 'Every version of the policy, newest first',
    least: 'lead',
    query: z.object({ before: z.optional(z.string().check(z.regex(/^\d{1,15}$/))) }),
    reply: policiesReply,
    async handle({ service: { db }, caller: { org }, query: { before } }) {
      const rows = await db
        .withSchema(SCHEMA)
        .selectFrom('policies')
        .select(['body', 'version', 'member', 'created_at'])
        .where('org', '=', org)
        .where('version', '<', before === undefined ? Number.MAX_SAFE_INTEGER : Number(before))
        .orderBy('version', 'desc')
        .limit(PAGE + 1)
        .execute();
      const page = rows.slice(0, PAGE);
      return {
        policies: page.map(({ body, member, created_at }) => ({
          policy: signedPolicy.parse(JSON.parse(body)),
          member,
          createdAt: created_at,
        })),
        next: rows.length > PAGE ? (page.at(-1)?.version ?? null) : null,
      };
    },
  }),
];
