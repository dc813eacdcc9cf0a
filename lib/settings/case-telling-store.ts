import { storage } from 'wxt/utils/storage';
import * as z from 'zod/mini';

const telling = z.object({
  /** The collector that this is about. */
  endpoint: z.string(),
  /** Not told again before, in milliseconds since 1970. */
  nextAt: z.number(),
  /** Failures in a row. */
  attempt: z.number(),
  lastProblem: z.nullable(z.object({ at: z.number(), code: z.string(), detail: z.string() })),
});
export type CaseTelling = z.infer<typeof telling>;

const item = storage.defineItem<unknown>('local:caseTelling', { fallback: null });

/** How telling the collector at `endpoint` of cases goes. */
export async function readTelling(endpoint: string): Promise<CaseTelling> {
  const read = telling.safeParse(await item.getValue());
  if (read.success && read.data.endpoint === endpoint) return read.data;
  return { endpoint, nextAt: 0, attempt: 0, lastProblem: null };
}

/** Keeps it. Only the worker calls it. */
export function writeTelling(state: CaseTelling): Promise<void> {
  return item.setValue(state);
}
