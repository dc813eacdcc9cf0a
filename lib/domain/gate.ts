import * as z from 'zod/mini';
import { boundPart } from './bound.ts';
import { riskTier } from './risk-tier.ts';

/** How a site is watched. Observe records, Advise warns, Enforce holds Send. */
export const mode = z.enum(['observe', 'advise', 'enforce']);
export type Mode = z.infer<typeof mode>;

/**
 * What the worker answers about a composer. `clear`: nothing here comes from a known output.
 * `boundHash` names the exact content the answer is about; for any other content it says nothing.
 */
export const verdict = z.union([
  z.object({ state: z.literal('clear'), boundHash: z.string() }),
  z.object({
    state: z.literal('item'),
    boundHash: z.string(),
    itemId: z.string(),
    status: z.enum(['undecided', 'approved', 'changed', 'escalated', 'refused', 'deferred']),
    tier: riskTier,
    /** Which parts differ from what was approved, for `changed`. */
    changed: z.array(boundPart),
  }),
]);
export type Verdict = z.infer<typeof verdict>;

/** What the gate does with one press of Send. */
export type GateAction = 'pass' | 'pass-unguarded' | 'warn' | 'hold' | 'check';

/**
 * Decides one press of Send. In Enforce it fails closed: with no verdict about exactly this content the
 * press is held and checked (`check`), and a worker that does not answer means `hold`. Elsewhere such a
 * press is let through and said to be unjudged (`pass-unguarded`).
 */
export function gateAction(input: {
  mode: Mode;
  verdict: Verdict | null;
  currentHash: string;
  workerSilent: boolean;
}): GateAction {
  const { mode: siteMode, verdict: known, currentHash, workerSilent } = input;
  if (known === null || known.boundHash !== currentHash) {
    if (siteMode !== 'enforce') return 'pass-unguarded';
    return workerSilent ? 'hold' : 'check';
  }
  if (siteMode === 'observe') return 'pass';
  if (known.state === 'clear' || known.status === 'approved') return 'pass';
  return siteMode === 'enforce' ? 'hold' : 'warn';
}
