import * as z from 'zod/mini';
import { riskTier } from './risk-tier.ts';

/** What a check says of one statement or fact. */
export const supportStatus = z.enum([
  'supported',
  'contradicted',
  'unsupported',
  'cannot-check',
  'nothing-to-check',
]);
export type SupportStatus = z.infer<typeof supportStatus>;

/** Kinds of facts that the fact diff reads. */
export const factKind = z.enum(['amount', 'number', 'date', 'id', 'link', 'percent']);
export type FactKind = z.infer<typeof factKind>;

/** Where a draft can be checked against. */
export const sourceKind = z.enum(['thread', 'record', 'source', 'citation']);

/** One text to check against, as the page or the wire gave it. */
export const source = z.object({
  id: z.string(),
  kind: sourceKind,
  title: z.string(),
  url: z.nullable(z.string()),
  text: z.string(),
  /** True when the site marks it as not for customers. */
  internal: z.boolean(),
  /** Who wrote it, for thread messages. */
  author: z.enum(['customer', 'agent', 'unknown']),
});
export type Source = z.infer<typeof source>;

/** A place in a source: UTF-16 offsets into `source.text`, and the quoted words. */
export const sourceSpan = z.object({
  sourceId: z.string(),
  start: z.number(),
  end: z.number(),
  quote: z.string(),
});
export type SourceSpan = z.infer<typeof sourceSpan>;

/** One fact of the draft: UTF-16 offsets into the draft text. */
export const fact = z.object({
  kind: factKind,
  start: z.number(),
  end: z.number(),
  text: z.string(),
  /** Normalised value by which facts are compared, e.g. `EUR 102.00`, `2026-11-03`. */
  value: z.string(),
  status: supportStatus,
  /** Where it stands in a source; for contradicted facts the nearest differing value. */
  nearest: z.nullable(z.object({ value: z.string(), span: sourceSpan })),
});
export type Fact = z.infer<typeof fact>;

/** A sentence or clause of the draft that can be checked; offsets into the draft text. */
export const statement = z.object({
  /** 1, 2, 3 … in reading order: the mark shown in the draft. */
  index: z.number(),
  start: z.number(),
  end: z.number(),
  status: supportStatus,
  /** Indices into `Assessment.facts`. */
  facts: z.array(z.number()),
  /** Best passage for it, when one was found. */
  passage: z.nullable(sourceSpan),
});
export type Statement = z.infer<typeof statement>;

/** One piece of evidence about trust, with where it comes from. */
export const signal = z.object({
  kind: z.enum(['token', 'retrieval', 'grounding', 'fact', 'declared', 'history']),
  /** Short machine name, e.g. `mean-token-probability`, `facts-contradicted`. */
  name: z.string(),
  value: z.number(),
  /** Who says so: `wire`, `page`, `local check`. */
  source: z.string(),
  n: z.nullable(z.number()),
});
export type Signal = z.infer<typeof signal>;

/** Why there is no confidence; every reason has its own sentence in the catalog. */
export const unknownReason = z.enum([
  'no-token-probabilities',
  'no-output-matched',
  'text-edited',
  'incomplete-output',
  'no-sources',
]);

/**
 * Confidence, stage 1: a raw, uncalibrated token signal or a named unknown. It is never shown as
 * "P(correct)"; `band` is a word, `n` the number of tokens behind it.
 */
export const confidence = z.union([
  z.object({ state: z.literal('unknown'), reason: unknownReason }),
  z.object({
    state: z.literal('token'),
    band: z.enum(['low', 'medium', 'high']),
    /** Mean token probability, exp(mean logprob), 0 to 1. */
    mean: z.number(),
    /** The least likely token of a fact or word, with its offsets in the draft. */
    weakest: z.nullable(z.object({ token: z.string(), probability: z.number() })),
    n: z.number(),
    source: z.string(),
  }),
  z.object({
    state: z.literal('declared'),
    band: z.enum(['low', 'medium', 'high']),
    value: z.number(),
    source: z.string(),
  }),
]);
export type Confidence = z.infer<typeof confidence>;

/** One reason for the tier: the words shown now and stored with the decision. */
export const gateLine = z.object({
  ruleId: z.string(),
  policyVersion: z.number(),
  owner: z.string(),
  tier: riskTier,
  /** The rule as a sentence, e.g. "A number in the draft differs from the sources." */
  says: z.string(),
  /** The statement it is about, when it is about one (its `index`). */
  statement: z.nullable(z.number()),
});
export type GateLine = z.infer<typeof gateLine>;

/** Everything known about how far a draft can be trusted, for one version of its text. */
export const assessment = z.object({
  /** Rises whenever the code that assesses changes what it says. */
  assessVersion: z.number(),
  facts: z.array(fact),
  statements: z.array(statement),
  signals: z.array(signal),
  confidence,
  tier: riskTier,
  gate: z.array(gateLine),
  /** How many sources were checked against; 0 means "nothing to check against". */
  sourceCount: z.number(),
});
export type Assessment = z.infer<typeof assessment>;
