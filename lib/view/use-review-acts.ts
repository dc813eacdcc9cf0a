import { useTranslation } from 'react-i18next';
import { REASON_CODES, type ReasonCode, type Verb } from '../domain/decision.ts';
import type { Decider } from '../domain/transitions.ts';
import { refusalFor } from './gates.ts';
import { panelActions } from './panel-store.ts';
import { useServices } from './services.ts';
import type { ItemView } from './store-reads.ts';
import { useArmedKeys } from './use-armed-keys.ts';
import { useDecide } from './use-decide.ts';
import { useDwell } from './use-dwell.ts';
import { useKeptNote } from './use-kept-note.ts';
import { useRefusalWords } from './use-refusal-words.ts';
import type { useReview } from './use-review.ts';
import { reasonOfKey, VERB_KEYS, verbOfKey, VERBS } from './verb-keys.ts';

const REASON = 'reason:';

/** What settled flags say, for the note that goes with an approval. */
function settledNote(review: ReturnType<typeof useReview>): string {
  return review.flags
    .flatMap((flag) => {
      const why = review.settled.get(flag.key);
      if (why === undefined) return [];
      const name =
        flag.statement === null ? (flag.lines[0]?.ruleId ?? '') : `S${flag.statement.index}`;
      return [`${name}: ${why}`];
    })
    .join('\n');
}

/**
 * Everything a person can do with the item on screen: verbs by click and armed key, with the reason why
 * one is refused. `press` takes a verb, `reason:CODE` or `human`.
 */
export function useReviewActs(
  view: ItemView,
  review: ReturnType<typeof useReview>,
  options: { decider: Decider; bareKeys: boolean; onDone(verb: Verb | 'human'): void },
) {
  const { item, assessment } = view;
  const { decider, bareKeys } = options;
  const { t } = useTranslation('panel');
  const { policy, reads } = useServices();
  const dwell = useDwell(item.id);
  /** An answer from a chat holds nothing: approving it puts its text where the person can use it. */
  const onDone = (verb: Verb | 'human', text: string | null) => {
    if (item.kind === 'answer' && (verb === 'approve' || verb === 'edit'))
      navigator.clipboard.writeText(text ?? item.draft).then(
        () => panelActions.announce(t('decide.copied')),
        () => panelActions.announce(t('decide.notCopied')),
      );
    options.onDone(verb);
  };
  const { decide, releaseHuman, busy, problem, clearProblem } = useDecide(item, dwell, onDone);
  const note = useKeptNote(item.id);
  const words = useRefusalWords();
  const { mode, setMode, progress } = review;

  const refusalOf = (verb: Verb, text: string | null): string | null => {
    const refusal = refusalFor(verb, { item, text, assessment, policy, decider, progress });
    return refusal === null ? null : words(refusal);
  };
  // The editor opens whatever is flagged: flags go by fixing them. An empty text holds none.
  const refusals: Partial<Record<Verb, string>> = Object.fromEntries(
    VERBS.flatMap((verb) => {
      const says = refusalOf(verb, verb === 'edit' ? '' : null);
      return says === null ? [] : [[verb, says]];
    }),
  );

  const tellRefused = (verb: Verb) => panelActions.announce(refusals[verb] ?? '');
  const act = (verb: Verb) => {
    clearProblem();
    if (refusals[verb] !== undefined) tellRefused(verb);
    else if (verb === 'approve') void decide('approve', { note: settledNote(review) });
    else if (verb === 'edit') setMode({ kind: 'edit', focusOn: null, takeFocus: true });
    else if (verb === 'escalate' || verb === 'defer') setMode({ kind: verb });
    else setMode({ kind: 'reason', verb });
  };
  const dropNote = (taken: boolean) => {
    if (taken) note.drop();
  };
  const finish = (reason: string) => {
    const code = REASON_CODES.find((each) => each === reason);
    if (mode.kind !== 'reason' || code === undefined) return;
    if (mode.verb === 'send-back') return void sendBack(code);
    void decide(mode.verb, { reasons: [code], note: note.text }).then(dropNote);
  };
  /** Into the chat that the answer came from; when that is gone, onto the clipboard. */
  const sendBack = async (code: ReasonCode) => {
    const returnText = [t(`reason.${code}`), note.text].filter((part) => part !== '').join('\n');
    const taken = await decide('send-back', { reasons: [code], note: note.text, returnText });
    dropNote(taken);
    if (!taken || (await reads.item(item.id))?.effect === 'applied') return;
    navigator.clipboard.writeText(returnText).then(
      () => panelActions.announce(t('decide.copied')),
      () => panelActions.announce(t('decide.notCopied')),
    );
  };
  const press = useArmedKeys(`${item.id} ${item.version}`, {
    verbOf(event) {
      if (!bareKeys) return null;
      if (mode.kind === 'reason') {
        const reason = reasonOfKey(event.key);
        return reason === null ? null : REASON + reason;
      }
      return mode.kind === 'read' ? verbOfKey(event.key) : null;
    },
    onVerb(name) {
      if (name.startsWith(REASON)) return finish(name.slice(REASON.length));
      if (name === 'human') return void releaseHuman();
      const known = VERBS.find((each) => each === name);
      if (known !== undefined) act(known);
    },
    onAgain(name) {
      const known = VERBS.find((each) => each === name);
      if (known === undefined) return;
      const words = { key: VERB_KEYS[known], verb: t(`decide.verbs.${known}`) };
      review.setHint(t('decide.again', words));
    },
  });
  return {
    busy,
    problem,
    note,
    refusals,
    refusalOf,
    tellRefused,
    press,
    approveEdit: (editedText: string, reasons: readonly ReasonCode[]) =>
      decide('edit', { editedText, reasons: [...reasons] }),
    escalate: (text: string) => void decide('escalate', { note: text }).then(dropNote),
    defer: (deferUntil: number) => void decide('defer', { deferUntil }),
  };
}
