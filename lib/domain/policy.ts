import * as z from 'zod/mini';
import { riskTier } from './risk-tier.ts';

/** The signals a rule may name. A fixed list: never an expression language. */
export const ruleWhen = z.enum([
  'fact-contradicted',
  'fact-unsupported',
  'amount-unsupported',
  'link-unsupported',
  'incomplete-output',
  'hidden-characters',
  'mean-token-probability-below',
  'declared-confidence-below',
  'words-listed',
  /** A reply repeats what only internal sources say. */
  'internal-quoted',
  'no-sources',
  /** The draft or its sources were longer than what is checked. */
  'partly-checked',
  'always',
]);
export type RuleWhen = z.infer<typeof ruleWhen>;

/** One rule: when its signal holds, the item is at least of this tier. */
export const policyRule = z.object({
  id: z.string(),
  when: ruleWhen,
  /** Threshold for the `…-below` rules, 0 to 1; for counted rules the least count, default 1. */
  value: z.nullable(z.number()),
  /** Words for `words-listed`, matched as whole words without case. */
  words: z.array(z.string()),
  tier: riskTier,
  /** The rule as a sentence for people. */
  says: z.string(),
});
export type PolicyRule = z.infer<typeof policyRule>;

/** What a tier asks of the reviewer before Approve is possible. */
export const tierDemand = z.object({
  /** The end of the draft must have been on screen. */
  seenToEnd: z.boolean(),
  /** Flagged statements must be settled one by one. */
  settleFlagged: z.boolean(),
  reasonRequired: z.boolean(),
});

/** Versioned thresholds and rules. Data, never logic. */
export const policy = z.object({
  version: z.number(),
  owner: z.string(),
  rules: z.array(policyRule),
  demands: z.object({ low: tierDemand, medium: tierDemand, high: tierDemand }),
});
export type Policy = z.infer<typeof policy>;
