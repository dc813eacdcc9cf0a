import { useCallback, useRef, useState } from 'react';
import type { DecisionRequest, Refusal, Verb } from '../domain/decision.ts';
import type { ReviewItem } from '../domain/item.ts';
import { MessagingError, type MessagingCode } from '../messaging/errors.ts';
import { panelActions } from './panel-store.ts';
import { useServices } from './services.ts';

/** The reply comes after the effect was tried in the page, which may take long, in milliseconds. */
const DECIDE_DEADLINE_MS = 15_000;

/** Why a decision was not taken, for the sentence on screen. */
export type DecideProblem =
  | { kind: 'refusal'; code: Refusal; detail: string }
  | { kind: 'call'; code: MessagingCode };

/** What a verb carries besides itself. */
export type DecisionParts = Partial<
  Pick<DecisionRequest, 'editedText' | 'reasons' | 'settled' | 'note' | 'returnText' | 'deferUntil'>
>;

/** The problem of a failed call; anything that is not a messaging error is a defect and is thrown. */
export function callProblem(error: unknown): DecideProblem {
  if (error instanceof MessagingError) return { kind: 'call', code: error.code };
  throw error;
}

/**
 * Takes decisions on exactly what was painted: the item handed in is the one on screen, and its
 * version and hash go with the request. One at a time. Each resolves to whether it was taken.
 */
export function useDecide(
  item: ReviewItem,
  dwell: () => DecisionRequest['dwell'],
  onDone: (verb: Verb | 'human', editedText: string | null) => void,
) {
  const { call, uuid } = useServices();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<DecideProblem | null>(null);
  const running = useRef(false);

  const run = useCallback(
    async (
      verb: Verb | 'human',
      editedText: string | null,
      ask: (
        decisionId: string,
      ) => Promise<{ ok: true } | { ok: false; refusal: Refusal; detail: string }>,
    ): Promise<boolean> => {
      if (running.current) return false;
      running.current = true;
      setBusy(true);
      setProblem(null);
      const decisionId = uuid();
      try {
        const reply = await ask(decisionId);
        if (reply.ok) {
          panelActions.decided({ itemId: item.id, decisionId, verb });
          onDone(verb, editedText);
          return true;
        }
        setProblem({ kind: 'refusal', code: reply.refusal, detail: reply.detail });
        return false;
      } catch (error) {
        setProblem(callProblem(error));
        return false;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [item, onDone, uuid],
  );

  const decide = useCallback(
    (verb: Verb, parts: DecisionParts = {}) =>
      run(verb, parts.editedText ?? null, (decisionId) =>
        call(
          'item.decide',
          {
            decisionId,
            itemId: item.id,
            verb,
            version: item.version,
            shownHash: item.boundHash,
            editedText: parts.editedText ?? null,
            reasons: parts.reasons ?? [],
            settled: parts.settled ?? [],
            note: parts.note ?? '',
            ...(parts.returnText === undefined ? {} : { returnText: parts.returnText }),
            deferUntil: parts.deferUntil ?? null,
            dwell: dwell(),
          },
          { deadlineMs: DECIDE_DEADLINE_MS },
        ),
      ),
    [call, dwell, item, run],
  );

  const releaseHuman = useCallback(
    () =>
      run('human', null, (decisionId) =>
        call('item.release-human', {
          decisionId,
          itemId: item.id,
          version: item.version,
          shownHash: item.boundHash,
        }),
      ),
    [call, item, run],
  );

  return { decide, releaseHuman, busy, problem, clearProblem: () => setProblem(null) };
}
