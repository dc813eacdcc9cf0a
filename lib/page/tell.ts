import type { RequestOf, ToWorker } from '../messaging/contracts.ts';
import { MessagingError } from '../messaging/errors.ts';
import type { ContentCall } from '../messaging/page-contracts.ts';
import type { PageDeps } from './deps.ts';

/** The same problem is told at most once in this time, in milliseconds. */
const PROBLEM_EVERY_MS = 60_000;
const MAX_PROBLEMS = 50;

/** When a call is made again that no living worker heard, in milliseconds after the try before. */
const AGAIN_AFTER_MS = [250, 1000, 3000, 10_000, 30_000];

/** Calls that the worker takes as the same when they come twice. */
type Repeatable = 'output.captured' | 'send.seen' | 'delivery.read';

export interface Tell {
  /** Tells the worker, at once; nothing waits for it. */
  now: <N extends ContentCall>(name: N, request: RequestOf<ToWorker[N]>) => void;
  /**
   * Tells the worker until it heard: it may die while it listens, and what was seen is not lost. `heard` is
   * called once it has.
   */
  surely: <N extends Repeatable>(
    name: N,
    request: RequestOf<ToWorker[N]>,
    heard?: () => void,
  ) => void;
  /** Tells of a problem by its code, rarely. */
  problem: (code: string, detail: string) => void;
  /** Nobody is there any more to be told. */
  gone: () => void;
}

/** Messages for which no answer is awaited. `onGone`: the extension was updated or removed. */
export function createTell(deps: PageDeps, onGone: () => void): Tell {
  const problems = new Map<string, number>();
  let gone = false;

  const markGone = () => {
    if (gone) return;
    gone = true;
    onGone();
  };
  const tell = <N extends ContentCall>(name: N, request: RequestOf<ToWorker[N]>) => {
    deps.call(name, request).catch((error: unknown) => {
      if (error instanceof MessagingError && error.code === 'invalidated') markGone();
      // A worker that did not hear this says so by the missing event; asking again would double it.
    });
  };
  const surely = <N extends Repeatable>(
    name: N,
    request: RequestOf<ToWorker[N]>,
    heard: () => void,
    turn = 0,
  ) => {
    deps.call(name, request).then(heard, (error: unknown) => {
      const code = error instanceof MessagingError ? error.code : null;
      if (code === 'invalidated') markGone();
      const wait = AGAIN_AFTER_MS[turn];
      if (code === 'invalidated' || code === 'refused' || wait === undefined) return;
      setTimeout(() => surely(name, request, heard, turn + 1), wait);
    });
  };
  return {
    now: tell,
    surely: (name, request, heard = () => undefined) => surely(name, request, heard),
    problem(code, detail) {
      const key = `${code} ${detail}`;
      const before = problems.get(key);
      if (before !== undefined && deps.now() - before < PROBLEM_EVERY_MS) return;
      if (problems.size >= MAX_PROBLEMS) problems.clear();
      problems.set(key, deps.now());
      tell('page.problem', { code: code.slice(0, 60), detail: detail.slice(0, 500) });
    },
    gone: markGone,
  };
}
