import { gateAction, type GateAction, type Mode } from '../../domain/gate.ts';
import { isEmptyBound } from '../../domain/bound.ts';
import { readBound, type BoundRead } from '../composer/read-bound.ts';
import type { WatchedComposer } from '../composer/watched-composer.ts';

/** What one composer says to a press of Send, and about which content. */
export interface Judged {
  composer: WatchedComposer;
  read: BoundRead;
  action: GateAction;
}

/** Strictest first: one press sends all that its form carries. */
const ORDER: readonly GateAction[] = ['hold', 'check', 'warn', 'pass-unguarded', 'pass'];

/** The strictest of several actions; `pass` for none. */
export function strictest(actions: readonly GateAction[]): GateAction {
  return ORDER.find((action) => actions.includes(action)) ?? 'pass';
}

/**
 * Judges a press of Send on one composer by what stands in it at this moment. `workerSilent`: it was
 * asked about this content and did not answer, or cannot be asked any more.
 */
export function judge(
  composer: WatchedComposer,
  document: Document,
  mode: Mode,
  workerSilent: boolean,
): Judged {
  const read = readBound(composer, document);
  if (isEmptyBound(read.bound)) return { composer, read, action: 'pass' };
  // Half of an edit is nobody's text: a press waits for its end.
  if (composer.writing !== null)
    return { composer, read, action: mode === 'enforce' ? 'check' : 'pass' };
  const action = gateAction({
    mode,
    verdict: composer.verdict,
    currentHash: read.hash,
    workerSilent: workerSilent || read.tooLong,
  });
  return { composer, read, action };
}
