import * as z from 'zod/mini';
import {
  caseHead,
  handOverRequest,
  resolveRequest,
  type ResolveRequest,
} from '../../lib/protocol/case.ts';
import type { CaseAct, CaseRefusal } from '../../lib/protocol/case-state.ts';
import { MAX_CASE_BYTES, MAX_SMALL_BYTES } from '../../lib/protocol/limits.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { idField } from '../../lib/protocol/team.ts';
import { memberRoute, type Call } from '../api/route.ts';
import { actOnCase, type Acted } from '../org/act-on-case.ts';
import { memberRow } from '../org/members.ts';
import { Refusal } from '../refusal.ts';

const PROBLEMS = [
  'not-found',
  'changed',
  'ended',
  'claimed',
  'not-claimed',
  'second-person',
] as const;

type ActCall<B> = Call<{ id: string }, B, null>;

/** What every act on a case says of itself. */
function actFacts(act: CaseAct['kind'], summary: string) {
  return {
    id: `cases.${act}`,
    method: 'POST' as const,
    path: PATHS.caseAct(':id', act),
    summary,
    params: z.object({ id: idField }),
    reply: caseHead,
    conditional: true,
    problems: PROBLEMS satisfies readonly ('not-found' | 'changed' | CaseRefusal)[],
  };
}

/** Carries an act out and turns what was refused into a refusal; what was recorded stays recorded. */
async function carryOut(
  { service, caller, params, ifMatch }: ActCall<unknown>,
  act: CaseAct,
  decision: ResolveRequest | null = null,
) {
  const acted: Acted = await actOnCase(service, caller, { id: params.id, ifMatch, act, decision });
  if (!acted.ok) throw new Refusal(acted.refusal, acted.details);
  return acted.head;
}

/** What may be done with a case. What is allowed when stands in `lib/protocol/case-state.ts`. */
export const caseActRoutes = [
  memberRoute({
    ...actFacts('claim', 'Holds a case for a while, or for longer'),
    least: 'lead',
    handle: (call: ActCall<null>) => carryOut(call, { kind: 'claim' }),
  }),
  memberRoute({
    ...actFacts('release', 'Gives a case back to all leads'),
    least: 'lead',
    handle: (call: ActCall<null>) => carryOut(call, { kind: 'release' }),
  }),
  memberRoute({
    ...actFacts('hand-over', 'Gives a case to another lead'),
    least: 'lead',
    body: { schema: handOverRequest, max: MAX_SMALL_BYTES },
    async handle(call: ActCall<{ to: string }>) {
      const to = await memberRow(call.service.db, call.caller.org, call.body.to);
      if (!to.active) throw new Refusal('not-found');
      return carryOut(call, { kind: 'hand-over', to: { id: to.id, role: to.role } });
    },
  }),
  memberRoute({
    ...actFacts('resolve', 'Decides a case'),
    least: 'lead',
    body: { schema: resolveRequest, max: MAX_CASE_BYTES },
    handle: (call: ActCall<ResolveRequest>) => carryOut(call, { kind: 'resolve' }, call.body),
  }),
  memberRoute({
    ...actFacts('take-back', 'Takes an own escalation back'),
    least: 'reviewer',
    handle: (call: ActCall<null>) => carryOut(call, { kind: 'take-back' }),
  }),
];
