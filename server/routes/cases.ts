import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import * as z from 'zod/mini';
import {
  caseContent,
  caseHead,
  caseReply,
  casesQuery,
  casesReply,
  newCase,
} from '../../lib/protocol/case.ts';
import { MAX_CASE_BYTES, MAX_SMALL_BYTES } from '../../lib/protocol/limits.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { idField, includesRole } from '../../lib/protocol/team.ts';
import { memberRoute } from '../api/route.ts';
import { SCHEMA } from '../db/schema.ts';
import { headOf, selectCases, visibleCase } from '../org/cases.ts';
import { changeOrg } from '../org/change-org.ts';
import { namesOf } from '../org/members.ts';
import { Refusal } from '../refusal.ts';

const PAGE = 100;

/** Escalated items: opened by reviewers, read by their authors and by leads. */
export const caseRoutes = [
  memberRoute({
    id: 'cases.open',
    method: 'POST',
    path: PATHS.cases,
    summary: 'Hands an item to the leads, with what they need to decide',
    least: 'reviewer',
    body: { schema: newCase, max: MAX_CASE_BYTES + MAX_SMALL_BYTES },
    reply: caseHead,
    problems: ['key-reused'],
    handle({ service, caller, body }) {
      const content = JSON.stringify(body.content);
      if (Buffer.byteLength(content) > MAX_CASE_BYTES) throw new Refusal('too-large');
      const hash = createHash('sha256').update(content).digest('hex');
      return changeOrg(service, caller, async ({ tx, at, record, tell }) => {
        const rows = tx.withSchema(SCHEMA);
        const { org } = caller;
        const held = await selectCases(tx, org).where('cases.id', '=', body.id).executeTakeFirst();
        if (held !== undefined) {
          const isSame = held.hash === hash && held.author === caller.id;
          if (!isSame || held.item_id !== body.itemId) throw new Refusal('key-reused');
          return headOf(held, at);
        }
        const row = {
          org,
          id: body.id,
          item_id: body.itemId,
          trace_id: body.traceId,
          site_id: body.siteId,
          author: caller.id,
          tier: body.tier,
          stage: 'open' as const,
          holder: '',
          held_until: 0,
          due_at: body.dueAt,
          version: 1,
          created_at: new Date(at).toISOString(),
        };
        await rows.insertInto('cases').values(row).execute();
        await rows
          .insertInto('case_contents')
          .values({ org, case_id: body.id, hash, content })
          .execute();
        await record({
          type: 'case.opened',
          itemId: body.itemId,
          traceId: body.traceId,
          data: { caseId: body.id, tier: body.tier, contentHash: hash, dueAt: body.dueAt },
        });
        const { id: caseId, itemId } = body;
        await tell('leads', { kind: 'case', caseId, itemId, news: 'opened', version: 1 });
        return headOf({ ...row, hash }, at);
      });
    },
  }),
  memberRoute({
    id: 'cases.list',
    method: 'GET',
    path: PATHS.cases,
    summary: 'Cases, oldest first: all for leads, their own for reviewers',
    least: 'reviewer',
    query: casesQuery,
    reply: casesReply,
    async handle({ service: { db, now }, caller, query: { which, cursor } }) {
      let rows = selectCases(db, caller.org);
      if (which === 'open') rows = rows.where('stage', '=', 'open');
      if (!includesRole(caller.role, 'lead')) rows = rows.where('author', '=', caller.id);
      if (cursor !== undefined) {
        const [createdAt, id] = cursor.split('_');
        rows = rows.where(sql<boolean>`(created_at, id) > (${createdAt}::text, ${id}::text)`);
      }
      const found = await rows
        .orderBy('created_at')
        .orderBy('id')
        .limit(PAGE + 1)
        .execute();
      const page = found.slice(0, PAGE);
      const last = page.at(-1);
      const at = now();
      const cases = page.map((row) => headOf(row, at));
      return {
        cases,
        people: await namesOf(
          db,
          caller.org,
          cases.flatMap(({ author, holder }) => [author, holder]),
        ),
        next: last === undefined || found.length <= PAGE ? null : `${last.created_at}_${last.id}`,
      };
    },
  }),
  memberRoute({
    id: 'cases.read',
    method: 'GET',
    path: PATHS.case(':id'),
    summary: 'A case with its content and its decision',
    least: 'reviewer',
    params: z.object({ id: idField }),
    reply: caseReply,
    problems: ['not-found'],
    async handle({ service: { db, now }, caller, params: { id } }) {
      const row = await visibleCase(db, caller, id);
      const rows = db.withSchema(SCHEMA);
      const { content } = await rows
        .selectFrom('case_contents')
        .select('content')
        .where('org', '=', caller.org)
        .where('case_id', '=', id)
        .executeTakeFirstOrThrow();
      const resolution = await rows
        .selectFrom('case_resolutions')
        .select('body')
        .where('org', '=', caller.org)
        .where('case_id', '=', id)
        .executeTakeFirst();
      const head = headOf(row, now());
      const decided: unknown = resolution === undefined ? null : JSON.parse(resolution.body);
      const by = caseReply.shape.resolution.parse(decided)?.by;
      const reply = caseReply.parse({
        case: head,
        content: caseContent.parse(JSON.parse(content)),
        resolution: decided,
        people: await namesOf(db, caller.org, [head.author, head.holder, by]),
      });
      return Response.json(reply, { headers: { ETag: `"${row.version}"` } });
    },
  }),
];
