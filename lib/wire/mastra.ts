import * as z from 'zod/mini';
import type { BodyEnd, Decoder, OutputDraft, WireHead } from './decoder.ts';
import { parseJson } from './json.ts';
import { mastraChunk } from './mastra-chunk.ts';
import { createRun, type RunState } from './mastra-run.ts';
import { createEventReader } from './sse.ts';

const MAX_RUNS = 64;
const MAX_OVER = 1000;

/** True when one frame of a stream is of this protocol. */
export function isMastraFrame(value: unknown): boolean {
  const read = mastraChunk.safeParse(value);
  return read.success && typeof value === 'object' && value !== null && 'payload' in value;
}

const MAX_NOTED = 256;
const receipt = z.object({
  accepted: z.literal(true),
  runId: z.string().check(z.minLength(1), z.maxLength(200)),
});

/** Notes when a run was asked for, if `value` is the receipt that Mastra gives for a message. */
export function noteRun(value: unknown, head: WireHead): void {
  const read = receipt.safeParse(value);
  if (!read.success) return;
  const [oldest] = head.runs.keys();
  if (head.runs.size >= MAX_NOTED && oldest !== undefined) head.runs.delete(oldest);
  head.runs.set(read.data.runId, head.sentAt);
}

/**
 * Mastra's agent stream, one turn or the subscription that all turns of a thread share and that
 * never ends: outputs are cut by run, and given at the run's own end.
 */
export function createMastraStream(head: WireHead): Decoder {
  const runs = new Map<string, RunState>();
  const over = new Set<string>();
  let found: OutputDraft[] = [];
  let now = head.sentAt;

  const close = (runId: string, run: RunState, how: BodyEnd) => {
    runs.delete(runId);
    // A subscription that reconnects replays: a run that was given is not given again.
    over.add(runId);
    for (const oldest of over) {
      if (over.size <= MAX_OVER) break;
      over.delete(oldest);
    }
    const draft = run.draft(how, now);
    if (draft !== null) found.push(draft);
  };

  const reader = createEventReader((data) => {
    const read = mastraChunk.safeParse(parseJson(data));
    if (!read.success || over.has(read.data.runId)) return;
    const { runId } = read.data;
    const known = runs.get(runId);
    if (known === undefined && runs.size >= MAX_RUNS) return;
    const run = known ?? createRun(runId, head);
    runs.set(runId, run);
    if (run.add(read.data, now)) close(runId, run, 'end');
  });
  const take = () => {
    const drafts = found;
    found = [];
    return drafts;
  };
  const closeAll = (how: BodyEnd) => {
    for (const [runId, run] of runs) close(runId, run, how);
  };

  return {
    protocol: 'mastra',
    push(text, at) {
      now = at;
      reader.feed(text);
      if (reader.overflowed()) closeAll('limit');
      return take();
    },
    idle: () => [],
    end(how, at) {
      now = at;
      reader.end();
      closeAll(how);
      return take();
    },
    busy: () => runs.size > 0,
  };
}
