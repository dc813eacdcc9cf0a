import * as z from 'zod/mini';
import { MAX_OUTPUT_TEXT } from '../../domain/output-limit.ts';
import type { DeclaredOutput } from './known-outputs.ts';
import { wholeNumber } from './whole-number.ts';

const words = (length: number) => z.string().check(z.maxLength(length));
const count = wholeNumber.check(z.nonnegative());
// Not `z.lte`: nothing else here needs its code, and every page would load it.
const share = z.number().check(
  z.nonnegative(),
  z.refine((value) => value <= 1),
);

const declared = z.object({
  text: words(MAX_OUTPUT_TEXT).check(z.minLength(1)),
  model: z.nullish(words(200)),
  confidence: z.nullish(z.union([share, z.object({ value: share, source: words(200) })])),
  sources: z.nullish(
    z
      .array(
        z.object({
          title: z.nullish(words(500)),
          url: z.nullish(words(2000)),
          quote: z.nullish(words(5000)),
          start: z.nullish(count),
          end: z.nullish(count),
        }),
      )
      .check(z.maxLength(200)),
  ),
  usage: z.nullish(
    z.object({ input: z.nullish(count), output: z.nullish(count), total: z.nullish(count) }),
  ),
  state: z.nullish(
    z.enum(['streaming', 'complete', 'length', 'filtered', 'refused', 'aborted', 'error']),
  ),
});

/** An output as an app declared it; `streaming` when the app says that more is to come. */
export type Declaration = { state: 'streaming' } | { state: 'said'; output: DeclaredOutput };

/** Reads a declaration (docs/integration.md); null when it does not fit the contract. */
export function readDeclared(value: unknown): Declaration | null {
  const read = declared.safeParse(value);
  if (!read.success) return null;
  const { text, model, confidence, sources, usage, state } = read.data;
  if (state === 'streaming') return { state };
  const value01 = typeof confidence === 'number' ? { value: confidence, source: '' } : confidence;
  return {
    state: 'said',
    output: {
      text,
      finish: state ?? 'unknown',
      finishDetail: null,
      model: model ?? null,
      usage: usage
        ? { input: usage.input ?? null, output: usage.output ?? null, total: usage.total ?? null }
        : null,
      citations: (sources ?? []).map((source) => ({
        start: source.start ?? null,
        end: source.end ?? null,
        title: source.title ?? '',
        url: source.url ?? null,
        quote: source.quote ?? null,
      })),
      declaredConfidence: value01 ?? null,
    },
  };
}
