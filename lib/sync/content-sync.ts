import type { ContentLevel } from '../domain/content-level.ts';
import {
  contentsStored,
  MAX_CONTENT_ENTRIES,
  MAX_CONTENTS_BYTES,
  type ContentEntry,
  type ContentsRequest,
} from '../protocol/content.ts';
import { PATHS } from '../protocol/paths.ts';
import type { outgoingOf } from '../redact/outgoing.ts';
import type { UnsentContents } from '../store/content-outbox.ts';
import type { Store } from '../store/store.ts';
import { askCollector } from './ask-collector.ts';
import type { Net } from './call-endpoint.ts';
import { contentEntryOf } from '../store/content-body.ts';
import { isLasting } from './problems.ts';
import { isTooEarly, jitter, PROBE_MS, retryAfterMs } from './retry.ts';
import type { Target } from './target.ts';

/** What sending texts needs from outside. */
export interface ContentDeps extends Net {
  store: Pick<
    Store,
    'unsentContents' | 'contentSyncState' | 'useContentLevel' | 'setContentSync' | 'contentsSent'
  >;
  /** Where to, and what may leave at this moment. */
  settings(): Promise<Target & { level: ContentLevel }>;
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  /** Runs work alone in the whole browser. */
  lock<T>(work: () => Promise<T>): Promise<T>;
  /** What leaves; tests hand in one that fails. */
  outgoing?: typeof outgoingOf;
}

/** How a run ended; `none`: nothing may leave. */
type ContentOutcome = 'none' | 'sent' | 'waiting' | 'failed';

/** Sends texts to a collector, apart from the trail and never in its way. */
export interface ContentSync {
  /** Sends what may leave and is not held there. Rejects only when the store does. */
  sendNow(options?: { asked: boolean }): Promise<ContentOutcome>;
  /** When to send next, in milliseconds since 1970; null when there is nothing to send. */
  due(): Promise<number | null>;
}

/** Refusals of a collector that no later try changes. */
const FOR_GOOD: readonly string[] = ['request-invalid', 'too-large', 'forbidden'];

type Problem = { code: string; detail: string; retryAfter: string | null };

/** All that matters is in the store: killed at any point, the next call goes on from there. */
export function createContentSync(deps: ContentDeps): ContentSync {
  return {
    sendNow: ({ asked } = { asked: false }) => deps.lock(() => run(deps, asked)),
    async due() {
      const level = await allowed(deps);
      if (level === 'ids' || (await deps.store.unsentContents(level, 1)) === null) return null;
      const state = await deps.store.contentSyncState();
      return isTooEarly(state, deps.now()) ? state.nextAt : deps.now();
    },
  };
}

/** What may leave now. Only our own collector is told texts: nobody else says how they are kept. */
async function allowed(deps: ContentDeps): Promise<ContentLevel> {
  const { kind, endpoint, level } = await deps.settings();
  const isCollector = kind === 'collector' && endpoint !== '';
  await deps.store.useContentLevel(isCollector ? endpoint : '', isCollector ? level : 'ids');
  return isCollector ? level : 'ids';
}

async function run(deps: ContentDeps, asked: boolean): Promise<ContentOutcome> {
  const { store } = deps;
  let limit = MAX_CONTENT_ENTRIES;
  for (let isFirst = true; ; isFirst = false) {
    // Anew each time: when the policy says less in the middle of a backlog, the rest stays here.
    const level = await allowed(deps);
    if (level === 'ids') return 'none';
    if (isFirst && !asked && isTooEarly(await store.contentSyncState(), deps.now()))
      return 'waiting';
    const batch = await store.unsentContents(level, limit);
    if (batch === null) return 'sent';
    const next = await sendBatch(deps, batch);
    if (next === 'smaller') limit = Math.max(1, Math.floor(batch.entries.length / 2));
    else if (next !== 'held') {
      await backOff(deps, next);
      return 'failed';
    }
  }
}

const encoder = new TextEncoder();

/** Sends as much of a batch as one request takes, from its beginning. */
async function sendBatch(
  deps: ContentDeps,
  { logid, through, entries }: UnsentContents,
): Promise<'held' | 'smaller' | Problem> {
  const request: ContentsRequest = { logid, entries: [] };
  let bytes = 200;
  let held = through;
  for (const entry of entries) {
    const made = redacted(deps, entry);
    if (made === 'failed') return { code: 'redaction', detail: '', retryAfter: null };
    if (made === null) continue;
    const size = encoder.encode(JSON.stringify(made)).length + 1;
    if (request.entries.length > 0 && bytes + size > MAX_CONTENTS_BYTES) {
      held = entry.seq - 1;
      break;
    }
    bytes += size;
    request.entries.push(made);
  }
  const problem = request.entries.length === 0 ? null : await push(deps, request);
  const isRefused = problem !== null && FOR_GOOD.includes(problem.code);
  if (isRefused && request.entries.length > 1) return 'smaller';
  if (problem !== null && !isRefused) return problem;
  const at = deps.now();
  const { refused } = await deps.store.contentSyncState();
  await deps.store.contentsSent(logid, held, {
    attempt: 0,
    nextAt: 0,
    lastOkAt: at,
    lastProblem: problem && { code: problem.code, detail: problem.detail, at },
    // Nothing may block what comes after: what is refused for good is passed over, counted and said.
    refused: refused + (isRefused ? 1 : 0),
  });
  return 'held';
}

/** What leaves of an entry. When the redactor fails nothing of any text leaves. */
function redacted(
  deps: ContentDeps,
  entry: UnsentContents['entries'][number],
): ContentEntry | null | 'failed' {
  try {
    return contentEntryOf(entry, deps.outgoing);
  } catch (error) {
    // Whatever it was: its message may quote the text, so it is not kept.
    if (error instanceof Error) return 'failed';
    throw error;
  }
}

async function push(deps: ContentDeps, body: ContentsRequest): Promise<Problem | null> {
  const told = await askCollector(deps, await deps.settings(), {
    method: 'POST',
    path: PATHS.contents,
    reply: contentsStored,
    body,
  });
  if (told.ok) return null;
  if (told.refused !== null) return { code: told.refused, detail: '', retryAfter: null };
  // Not by a collector, as by a proxy in between: that may pass.
  const { code, detail, retryAfter } = told.failure;
  return { code: code === 'forbidden' ? 'http' : code, detail, retryAfter };
}

/** Keeps what went wrong and when to try again. */
async function backOff(deps: ContentDeps, { code, detail, retryAfter }: Problem): Promise<void> {
  const at = deps.now();
  const { attempt } = await deps.store.contentSyncState();
  const own = isLasting(code) ? PROBE_MS : jitter(attempt, () => deps.random());
  await deps.store.setContentSync({
    attempt: attempt + 1,
    nextAt: at + Math.max(own, retryAfterMs(retryAfter, at)),
    lastProblem: { code, detail, at },
  });
}
