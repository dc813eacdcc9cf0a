import type { RiskTier } from '../domain/risk-tier.ts';
import { includesRole, type Role } from './team.ts';

/** How far a case is. That a claim or its time ran out is seen from the clock, never stored as an act. */
export type CaseStage = 'open' | 'resolved' | 'taken-back';

/** What decides what may be done with a case. Times are milliseconds since 1970. */
export interface CaseState {
  /** Member who escalated. */
  author: string;
  tier: RiskTier;
  stage: CaseStage;
  /** Member who holds it, '' for nobody; counts until `heldUntil` only. */
  holder: string;
  heldUntil: number;
  /** When an answer is due; null for never. */
  dueAt: number | null;
  /** Rises by one with each act. */
  version: number;
}

/** What people see. `expired`: due and not answered; nobody decided anything, and a lead still may. */
export type CaseStatus = 'waiting' | 'claimed' | 'expired' | 'resolved' | 'taken-back';

/** Somebody of the team, as the collector knows them. */
export interface Actor {
  id: string;
  role: Role;
}

export type CaseAct =
  | { kind: 'claim' }
  | { kind: 'release' }
  | { kind: 'hand-over'; to: Actor }
  | { kind: 'resolve' }
  | { kind: 'take-back' };

/** Why an act is refused. `second-person`: author ≠ approver on a locked item. */
export type CaseRefusal = 'forbidden' | 'ended' | 'claimed' | 'not-claimed' | 'second-person';

export type CaseStep = { ok: true; next: CaseState } | { ok: false; refusal: CaseRefusal };

/** How long a claim holds, in milliseconds. */
export const CLAIM_MS = 30 * 60 * 1000;

/** Who holds a case at this moment; '' for nobody. */
export function holderAt(state: CaseState, at: number): string {
  return state.stage === 'open' && at < state.heldUntil ? state.holder : '';
}

export function caseStatus(state: CaseState, at: number): CaseStatus {
  if (state.stage !== 'open') return state.stage;
  if (state.dueAt !== null && at >= state.dueAt) return 'expired';
  return holderAt(state, at) === '' ? 'waiting' : 'claimed';
}

const mayDecide = (state: CaseState, who: Actor) =>
  state.tier !== 'locked' || who.id !== state.author;

/** Why an act is not possible; null when it is. */
function refusalOf(state: CaseState, act: CaseAct, by: Actor, at: number): CaseRefusal | null {
  if (act.kind === 'take-back') {
    if (by.id !== state.author) return 'forbidden';
    return state.stage === 'open' ? null : 'ended';
  }
  if (!includesRole(by.role, 'lead')) return 'forbidden';
  if (state.stage !== 'open') return 'ended';
  const holder = holderAt(state, at);
  switch (act.kind) {
    case 'claim':
    case 'resolve':
      if (!mayDecide(state, by)) return 'second-person';
      return holder === '' || holder === by.id ? null : 'claimed';
    case 'release':
      if (holder === '') return 'not-claimed';
      return holder === by.id || by.role === 'admin' ? null : 'claimed';
    case 'hand-over':
      if (!includesRole(act.to.role, 'lead')) return 'forbidden';
      if (!mayDecide(state, act.to)) return 'second-person';
      return holder === '' || holder === by.id || by.role === 'admin' ? null : 'claimed';
  }
}

/** Does one act, or says why not. The state is never changed in place. */
export function stepCase(state: CaseState, act: CaseAct, by: Actor, at: number): CaseStep {
  const refusal = refusalOf(state, act, by, at);
  if (refusal !== null) return { ok: false, refusal };
  const free = { holder: '', heldUntil: 0 };
  const after = {
    claim: { holder: by.id, heldUntil: at + CLAIM_MS },
    release: free,
    'hand-over': { holder: act.kind === 'hand-over' ? act.to.id : '', heldUntil: at + CLAIM_MS },
    resolve: { ...free, stage: 'resolved' as const },
    'take-back': { ...free, stage: 'taken-back' as const },
  }[act.kind];
  return { ok: true, next: { ...state, ...after, version: state.version + 1 } };
}
