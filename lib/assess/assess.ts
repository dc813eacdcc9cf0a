import type { Assessment, Source } from '../domain/assessment.ts';
import type { BoundLink } from '../domain/bound.ts';
import { hiddenMarks } from '../domain/hidden.ts';
import type { Output } from '../domain/output.ts';
import type { Policy } from '../domain/policy.ts';
import { confidenceOf } from './confidence.ts';
import { tierOf } from './tier.ts';

/** Rises whenever what `assess` says of the same input changes. */
export const ASSESS_VERSION = 1;

/** One version of a draft and everything it is checked with. */
export interface AssessInput {
  draft: string;
  /** The output the draft comes from; null when none matched. */
  output: Output | null;
  /** Share of the draft's word pairs known from that output, 0 to 1. */
  matchShare: number;
  sources: readonly Source[];
  policy: Policy;
  /** Links of the composer, when the site reads them: shown text against where it goes. */
  links?: readonly BoundLink[];
}

/** Assesses one version of a draft. Pure, deterministic, linear in its input; never throws. */
export function assess(input: AssessInput): Assessment {
  const { draft, output, policy } = input;
  const { confidence, signals } = confidenceOf(draft, output, input.matchShare);
  const sourceCount = input.sources.filter(({ text }) => text.trim() !== '').length;
  const { tier, gate } = tierOf({
    readableOf: ({ start, end }) => draft.slice(start, end),
    facts: [],
    statements: [],
    confidence,
    output,
    sourceCount,
    hiddenCount: hiddenMarks(draft).length,
    checkedWhole: true,
    policy,
  });
  return {
    assessVersion: ASSESS_VERSION,
    facts: [],
    statements: [],
    signals,
    confidence,
    tier,
    gate,
    sourceCount,
  };
}
