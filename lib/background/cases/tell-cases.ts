import type { ReviewItem } from '../../domain/item.ts';
import type { ItemCase } from '../../domain/item-case.ts';
import { newCase, type CaseHead, type CaseReply } from '../../protocol/case.ts';
import type { CaseTelling } from '../../settings/case-telling-store.ts';
import type { CaseActRow } from '../../store/rows.ts';
import type { Told } from '../../sync/ask-collector.ts';
import type { CaseClient } from '../../sync/case-client.ts';
import { isLasting, type Failure } from '../../sync/problems.ts';
import { failureOf } from '../../sync/pull.ts';
import { isTooEarly, jitter, PROBE_MS, retryAfterMs } from '../../sync/retry.ts';
import { tellAnswer } from './tell-answer.ts';
import type { Worker } from '../worker.ts';
import { ownEnv } from '../worker.ts';

/** What telling needs besides the worker. */
export interface TellDeps {
  worker: Worker;
  client: CaseClient;
  /** Whom to tell, and as which member; null for nobody. */
  here(): Promise<{ me: string; endpoint: string } | null>;
  read(endpoint: string): Promise<CaseTelling>;
  write(state: CaseTelling): Promise<void>;
  random(): number;
  /** Runs work alone in the whole browser. */
  lock(work: () => Promise<void>): Promise<void>;
}

/** Refusals that no later try changes. */
const FOR_GOOD: readonly string[] = ['request-invalid', 'too-large', 'forbidden', 'key-reused'];
/** Times that an act is tried again because somebody else was faster. */
const MAX_TRIES = 5;

/**
 * Tells the collector all that it has not heard: escalations, what was taken back, and answers to cases.
 * Killed at any point, the next call goes on from there; each act is the same act when it is told twice.
 * Gives when to try again, in milliseconds since 1970; null when all is told. Rejects only when the store does.
 */
export async function tellCases(deps: TellDeps): Promise<number | null> {
  let due: number | null = null;
  await deps.lock(async () => {
    due = await tellAll(deps);
  });
  return due;
}

async function tellAll(deps: TellDeps): Promise<number | null> {
  const { worker } = deps;
  const here = await deps.here();
  if (here === null) return null;
  const { endpoint } = here;
  const rows = (await worker.store.caseOutbox()).filter((row) => row.endpoint === endpoint);
  const answers = (await worker.store.effectsIn('pending')).filter(
    ({ act }) => act === 'answer-case',
  );
  if (rows.length + answers.length === 0) return null;
  const state = await deps.read(endpoint);
  if (isTooEarly(state, worker.now())) return state.nextAt;
  const failed = async ({ code, detail, retryAfter }: Failure): Promise<number> => {
    const at = worker.now();
    const own = isLasting(code) ? PROBE_MS : jitter(state.attempt, deps.random);
    const nextAt = at + Math.max(own, retryAfterMs(retryAfter, at));
    const lastProblem = { at, code, detail };
    await deps.write({ endpoint, attempt: state.attempt + 1, nextAt, lastProblem });
    return nextAt;
  };
  for (const row of rows) {
    const problem = row.act === 'open' ? await tellOpened(deps, row) : await tellTaken(deps, row);
    if (problem !== null) return failed(problem);
  }
  for (const effect of answers) {
    const problem = await tellAnswer(worker, deps.client, here, effect);
    if (problem !== null) return failed(problem);
  }
  if (state.attempt > 0) await deps.write({ endpoint, attempt: 0, nextAt: 0, lastProblem: null });
  return null;
}

async function tellOpened({ worker, client }: TellDeps, row: CaseActRow): Promise<Failure | null> {
  const opening = newCase.safeParse(JSON.parse(row.request));
  const told: Told<CaseHead> = opening.success
    ? await client.open(opening.data)
    : { ok: false, refused: 'request-invalid', version: null };
  const refused = told.ok ? null : told.refused;
  if (!told.ok && (refused === null || !FOR_GOOD.includes(refused))) return failureOf(told);
  await settled(worker, row, (of) => ({
    ...of,
    version: told.ok ? told.value.version : of.version,
    problem: refused ?? '',
  }));
  return null;
}

/** The act is told, unless another took its place meanwhile; the case is what `change` makes of it. */
async function settled(
  worker: Worker,
  row: CaseActRow,
  change: (of: ItemCase) => ItemCase,
): Promise<void> {
  await worker.store.commit(ownEnv(worker), async (tx) => {
    const now = await tx.caseOutbox.get(row.caseId);
    if (now?.act === row.act) await tx.caseOutbox.delete(row.caseId);
    const item = await tx.items.get(row.itemId);
    if (item?.case?.caseId === row.caseId)
      await tx.items.put({ ...item, case: change(item.case) } satisfies ReviewItem);
  });
}

async function tellTaken({ worker, client }: TellDeps, row: CaseActRow): Promise<Failure | null> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const read: Told<CaseReply> = await client.read(row.caseId);
    if (!read.ok && read.refused !== 'not-found') return failureOf(read);
    // Never opened, answered before, or told already: nothing is left to take back.
    const head = read.ok ? read.value.case : null;
    const isOver = head === null || head.status === 'resolved' || head.status === 'taken-back';
    const told = isOver ? null : await client.act(row.caseId, 'take-back', head.version);
    if (told === null || told.ok || told.refused === 'ended') {
      await settled(worker, row, (of) => of);
      return null;
    }
    if (told.refused !== 'changed') return failureOf(told);
  }
  return { code: 'http', detail: 'changed', retryAfter: null };
}
