import { createHash } from 'node:crypto';
import type { OrgEventType } from '../../lib/domain/org-event.ts';
import type { CaseHead, ResolveRequest } from '../../lib/protocol/case.ts';
import { stepCase, type CaseAct, type CaseRefusal } from '../../lib/protocol/case-state.ts';
import type { FeedItem } from '../../lib/protocol/feed.ts';
import type { ProblemDetails } from '../../lib/protocol/problem.ts';
import type { Collector } from '../app.ts';
import type { Caller } from '../caller.ts';
import { SCHEMA } from '../db/schema.ts';
import { headOf, stateOf, visibleCase, type StoredCase } from './cases.ts';
import { changeOrg, type Change } from './change-org.ts';

/** What is asked: the act, on which version, and for `resolve` the decision. */
interface Asked {
  id: string;
  ifMatch: number;
  act: CaseAct;
  decision: ResolveRequest | null;
}

/** What came of it. A refused decision was recorded: the loser of two is in the log too. */
export type Acted =
  | { ok: true; head: CaseHead }
  | { ok: false; refusal: 'changed' | 'key-reused' | CaseRefusal; details: ProblemDetails };

const EVENT: Readonly<Record<CaseAct['kind'], OrgEventType>> = {
  claim: 'case.claimed',
  release: 'case.released',
  'hand-over': 'case.handed-over',
  resolve: 'case.resolved',
  'take-back': 'case.taken-back',
};
const NEWS = {
  claim: 'claimed',
  release: 'released',
  'hand-over': 'assigned',
  resolve: 'resolved',
  'take-back': 'taken-back',
} as const;

/** Carries out one act on a case, in the order of commits. Throws `Refusal` (`not-found`). */
export function actOnCase(
  collector: Pick<Collector, 'db' | 'now'>,
  caller: Caller,
  asked: Asked,
): Promise<Acted> {
  return changeOrg(collector, caller, async (change): Promise<Acted> => {
    const row = await visibleCase(change.tx, caller, asked.id);
    const repeated = await heldDecision(change, asked);
    if (repeated === 'same') return { ok: true, head: headOf(row, change.at) };
    if (repeated === 'other') return { ok: false, refusal: 'key-reused', details: {} };
    const { act } = asked;
    const step = stepCase(stateOf(row), act, caller, change.at);
    const isStale = asked.ifMatch !== row.version;
    if (isStale || !step.ok) {
      if (asked.decision !== null) await recordLoser(change, row, asked.decision);
      return isStale || step.ok
        ? { ok: false, refusal: 'changed', details: { version: row.version } }
        : { ok: false, refusal: step.refusal, details: {} };
    }
    const { stage, holder, heldUntil: held_until, version } = step.next;
    const next: StoredCase = { ...row, stage, holder, held_until, version };
    await change.tx
      .withSchema(SCHEMA)
      .updateTable('cases')
      .set({ stage, holder, held_until, version })
      .where('org', '=', caller.org)
      .where('id', '=', row.id)
      .execute();
    if (asked.decision !== null) await keepDecision(change, row, asked.decision);
    await change.record({
      type: EVENT[act.kind],
      itemId: row.item_id,
      traceId: row.trace_id,
      data: {
        caseId: row.id,
        version,
        ...(act.kind === 'hand-over' ? { to: act.to.id } : {}),
        ...(asked.decision === null ? {} : factsOf(asked.decision)),
      },
    });
    const item: FeedItem = {
      kind: 'case',
      caseId: row.id,
      itemId: row.item_id,
      news: NEWS[act.kind],
      version,
    };
    await change.tell('leads', item);
    await change.tell(`member:${row.author}`, item);
    return { ok: true, head: headOf(next, change.at) };
  });
}

/** What of a decision an event may hold: codes and hashes, no text. */
function factsOf({ decisionId, outcome, reasons, text, shownHash }: ResolveRequest) {
  const textHash = text === null ? '' : createHash('sha256').update(text).digest('hex');
  return { decisionId, outcome, reasons, shownHash, textHash };
}

/** The decision as it is stored, without who and when. */
const stored = (decision: ResolveRequest, by: string, at: string) =>
  JSON.stringify({ ...decision, by, at });

/** Whether this very decision is held already, e.g. because its answer was lost. */
async function heldDecision(
  { tx, caller }: Change,
  { id, decision }: Asked,
): Promise<'same' | 'other' | null> {
  if (decision === null) return null;
  const row = await tx
    .withSchema(SCHEMA)
    .selectFrom('case_resolutions')
    .select('body')
    .where('org', '=', caller.org)
    .where('case_id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const body: { decisionId?: unknown; by?: unknown; at?: unknown } = JSON.parse(row.body);
  if (body.decisionId !== decision.decisionId) return null;
  return row.body === stored(decision, caller.id, String(body.at)) ? 'same' : 'other';
}

async function keepDecision({ tx, caller, at }: Change, row: StoredCase, decision: ResolveRequest) {
  await tx
    .withSchema(SCHEMA)
    .insertInto('case_resolutions')
    .values({
      org: caller.org,
      case_id: row.id,
      body: stored(decision, caller.id, new Date(at).toISOString()),
    })
    .execute();
}

async function recordLoser({ record }: Change, row: StoredCase, decision: ResolveRequest) {
  await record({
    type: 'case.attempt-lost',
    itemId: row.item_id,
    traceId: row.trace_id,
    data: { caseId: row.id, version: row.version, ...factsOf(decision) },
  });
}
