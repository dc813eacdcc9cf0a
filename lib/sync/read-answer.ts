import type { LogHead } from '../protocol/fields.ts';
import { pushReply } from '../protocol/messages.ts';
import { readProblem, type Problem } from '../protocol/problem.ts';
import type { Receipt } from '../protocol/receipt.ts';
import type { Reply } from './call-endpoint.ts';
import { failure, failureOfStatus, type Failure } from './problems.ts';

/** What an answer to a push means (docs/sync-protocol.md). */
export type Answer =
  | { kind: 'accepted'; head: LogHead; receipt: Receipt }
  /** The endpoint holds another part than we thought; null: nothing. */
  | { kind: 'holds'; head: LogHead | null }
  | { kind: 'fork'; seq: number; storedHash: string }
  | { kind: 'invalid'; seq: number }
  | { kind: 'too-large' }
  | { kind: 'failed'; failure: Failure };

const badReply: Answer = { kind: 'failed', failure: failure('bad-reply') };

function ofProblem(status: number, problem: Problem, retryAfter: string | null): Answer {
  const { code, expected, head, seq, storedHash } = problem;
  if (code === 'gap' && head !== undefined && expected === (head?.seq ?? -1) + 1) {
    return { kind: 'holds', head };
  }
  if (code === 'fork' && seq !== undefined && storedHash !== undefined) {
    return { kind: 'fork', seq, storedHash };
  }
  if (code === 'envelope-invalid' && seq !== undefined) return { kind: 'invalid', seq };
  if (code === 'in-progress' || code === 'key-reused') {
    return { kind: 'failed', failure: { code, detail: String(status), retryAfter } };
  }
  if (code === 'gap' || code === 'fork' || code === 'envelope-invalid') return badReply;
  return { kind: 'failed', failure: { code: 'http', detail: String(status), retryAfter } };
}

/** Reads what came back for a push. Whatever is not the answer of a collector is a `bad-reply`. */
export function readAnswer(reply: Reply): Answer {
  if (!reply.ok) return { kind: 'failed', failure: failure(reply.failure) };
  const { status, json, retryAfter } = reply;
  const known = failureOfStatus(status, retryAfter);
  if (known !== null) return { kind: 'failed', failure: known };
  // Also from a proxy in between, whose body says nothing.
  if (status === 413) return { kind: 'too-large' };
  if (status === 200) {
    const accepted = pushReply.safeParse(json);
    if (!accepted.success) return badReply;
    const { head, receipt } = accepted.data;
    return { kind: 'accepted', head, receipt };
  }
  const problem = readProblem(json);
  return problem === null ? badReply : ofProblem(status, problem, retryAfter);
}
