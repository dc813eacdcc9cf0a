import type { RequestOf, ToWorker, WorkerCall } from '../messaging/contracts.ts';
import { MessagingError } from '../messaging/errors.ts';
import type { PageDeps } from './deps.ts';

/** The same problem is told at most once in this time, in milliseconds. */
const PROBLEM_EVERY_MS = 60_000;
const MAX_PROBLEMS = 50;

export interface Tell {
  /** Tells the worker, at once; nothing waits for it. */
  now: <N extends WorkerCall>(name: N, request: RequestOf<ToWorker[N]>) => void;
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
  const tell = <N extends WorkerCall>(name: N, request: RequestOf<ToWorker[N]>) => {
    deps.call(name, request).catch((error: unknown) => {
      if (error instanceof MessagingError && error.code === 'invalidated') markGone();
      // A worker that did not hear this says so by the missing event; asking again would double it.
    });
  };
  return {
    now: tell,
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
