import { useTranslation } from 'react-i18next';
import type { Assessment } from '../domain/assessment.ts';
import { REASON_CODES, type ReasonCode, type Verb } from '../domain/decision.ts';
import { flagsOf, type Flag } from '../domain/flags.ts';
import type { Decider } from '../domain/transitions.ts';
import { editRefusalFor, refusalFor } from './gates.ts';
import { panelActions } from './panel-store.ts';
import { useServices } from './services.ts';
import type { ItemView } from './store-reads.ts';
import { useArmedKeys } from './use-armed-keys.ts';
import { useDecide } from './use-decide.ts';
import { useDwell } from './use-dwell.ts';
import { usePolicy } from './use-in-force.ts';
import { useKeptNote } from './use-kept-note.ts';
import { useRefusalWords } from './use-refusal-words.ts';
import type { useReview } from './use-review.ts';
import { reasonOfKey, VERB_KEYS, verbOfKey, VERBS } from './verb-keys.ts';

const REASON = 'reason:';

/** Longest quote that names a statement in a note, in UTF-16 units. */
const MAX_QUOTE = 120;
/** Longest note that is recorded (`decisionRequest`). */
const MAX_NOTE = 4000;

const quoted = (text: string) =>
  text.length > MAX_QUOTE ? `“${text.slice(0, MAX_QUOTE - 1)}…”` : `“${text}”`;

/** The settled ones among flags, for the decision, and what they say, for the note that goes with it. */
function settledOf(
  flags: readonly Flag[],
  settled: ReadonlyMap<string, string>,
  nameOf: (statement: NonNullable<Flag['statement']>) => string,
): { settled: string[]; note: string } {
  const done = flags.flatMap((flag) => {
    const why = settled.get(flag.key);
    if (why === undefined) return [];
    const name = flag.statement === null ? (flag.lines[0]?.ruleId ?? '') : nameOf(flag.statement);
    return [{ key: flag.key, says: `${name}: ${why}` }];
  });
  const note = done.map(({ says }) => says).join('\n');
  return { settled: [...new Set(done.map(({ key }) => key))], note: note.slice(0, MAX_NOTE) };
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
  const { reads, now } = useServices();
  const policy = usePolicy();
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

  /** Why an edited text can't be approved; `edited` is what is known of that text. */
  const editRefusal = (text: string, edited: Assessment | null): string | null => {
    const refusal = editRefusalFor(text, { item, edited, policy, decider, progress, now: now() });
    return refusal === null ? null : words(refusal);
  };
  const refusals: Partial<Record<Verb, string>> = Object.fromEntries(
    VERBS.flatMap((verb) => {
      const refusal = refusalFor(verb, { item, assessment, policy, decider, progress, now: now() });
      return refusal === null ? [] : [[verb, words(refusal)]];
    }),
  );

  const tellRefused = (verb: Verb) => panelActions.announce(refusals[verb] ?? '');
  const act = (verb: Verb) => {
    clearProblem();
    if (refusals[verb] !== undefined) tellRefused(verb);
    else if (verb === 'approve')
      void decide(
        'approve',
        settledOf(review.flags, review.settled, ({ index }) => `S${index}`),
      );
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
    editRefusal,
    tellRefused,
    press,
    /** The numbers of an edited text's statements stand nowhere else, so the note names them by their words. */
    approveEdit: (editedText: string, reasons: readonly ReasonCode[], edited: Assessment) =>
      decide('edit', {
        editedText,
        reasons: [...reasons],
        ...settledOf(flagsOf(editedText, edited), review.settled, ({ start, end }) =>
          quoted(editedText.slice(start, end)),
        ),
      }),
    escalate: (text: string) => void decide('escalate', { note: text }).then(dropNote),
    defer: (deferUntil: number) => void decide('defer', { deferUntil }),
  };
}
