import * as z from 'zod/mini';
import { MAX_OUTPUT_TEXT } from './output-limit.ts';

/** How we know of an output. */
export const evidence = z.enum(['network', 'dom', 'declared', 'pasted']);

/**
 * How an output ended. Only `complete` is a whole answer; `unknown` is a stream whose end was not
 * seen, `length` one that the model's limit cut, `aborted` one that the reader or the line cut.
 */
export const finishState = z.enum([
  'complete',
  'length',
  'filtered',
  'refused',
  'aborted',
  'error',
  'tool',
  'unknown',
]);
export type FinishState = z.infer<typeof finishState>;

/** Tokens as the provider counted them; a part it did not say is null. */
export const usage = z.object({
  input: z.nullable(z.number()),
  output: z.nullable(z.number()),
  total: z.nullable(z.number()),
});
export type Usage = z.infer<typeof usage>;

/** Milliseconds from the request to the first body byte and to the end of the output. */
export const latency = z.object({
  firstByteMs: z.nullable(z.number()),
  totalMs: z.nullable(z.number()),
});

/** A span of the output (UTF-16 offsets, null when the wire gives none) and the source it cites. */
export const citation = z.object({
  start: z.nullable(z.number()),
  end: z.nullable(z.number()),
  title: z.string(),
  url: z.nullable(z.string()),
  quote: z.nullable(z.string()),
});
export type Citation = z.infer<typeof citation>;

/** One token's natural-log probability, clamped to [-20, 0]. */
export const tokenLogprob = z.object({ token: z.string(), logprob: z.number() });
export type TokenLogprob = z.infer<typeof tokenLogprob>;

/** AI text seen in a page, as captured. Immutable once stored. */
export const output = z.object({
  /** Unique per output; several channels of one answer share it. */
  id: z.string(),
  text: z.string().check(z.maxLength(MAX_OUTPUT_TEXT)),
  evidence: z.array(evidence),
  finish: finishState,
  /** Plain reason when `finish` is not `complete`, as the wire said it. */
  finishDetail: z.nullable(z.string()),
  /** `openai-chat`, `mastra`, `declared`, `dom`, … */
  protocol: z.string(),
  /** Path of the request's URL, for what came over the wire: tells an answer's endpoint from others. */
  requestPath: z.optional(z.string().check(z.maxLength(300))),
  model: z.nullable(z.string()),
  usage: z.nullable(usage),
  latency: latency,
  citations: z.array(citation),
  /** Token probabilities in text order, null when the wire has none. */
  tokens: z.nullable(z.array(tokenLogprob)),
  /** Confidence the app itself declared, 0 to 1, with its own words for where it comes from. */
  declaredConfidence: z.nullable(z.object({ value: z.number(), source: z.string() })),
  truncated: z.boolean(),
  /** Wall clock, milliseconds since 1970, when the output ended. */
  at: z.number(),
});
export type Output = z.infer<typeof output>;
