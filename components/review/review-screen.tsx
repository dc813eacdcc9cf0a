import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Verb } from '../../lib/domain/decision.ts';
import type { Decider } from '../../lib/domain/transitions.ts';
import type { Assessment } from '../../lib/domain/assessment.ts';
import { demandsOf } from '../../lib/domain/flags.ts';
import { useServices } from '../../lib/view/services.ts';
import type { ItemView } from '../../lib/view/store-reads.ts';
import { usePolicy } from '../../lib/view/use-in-force.ts';
import { useProblemWords } from '../../lib/view/use-refusal-words.ts';
import { useReadingKeys } from '../../lib/view/use-reading-keys.ts';
import { useReview } from '../../lib/view/use-review.ts';
import { useReviewActs } from '../../lib/view/use-review-acts.ts';
import { wordDiff } from '../../lib/view/word-diff.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { CaseLine } from './case-line.tsx';
import { ChangesView } from './changes-view.tsx';
import { ConfidenceRegion } from './confidence-region.tsx';
import { DraftRegion } from './draft-region.tsx';
import { EditForm } from './edit-form.tsx';
import { OutputLine } from './output-line.tsx';
import { ReviewFoot } from './review-foot.tsx';
import { ReviewBar, ReviewHead, type Place } from './review-head.tsx';
import { SealLine } from './seal-line.tsx';
import { SourcesRegion } from './sources-region.tsx';
import { StatementCard } from './statement-card.tsx';
import { WholeFlags } from './whole-flags.tsx';

interface Props {
  view: ItemView;
  decider: Decider;
  bareKeys: boolean;
  place: Place;
  /** Called after a decision: the next item comes. */
  onDone: (verb: Verb | 'human') => void;
}

/** Region `Review detail`: one item, read from verdict to verbs, and decided. */
export function ReviewScreen({ view, decider, bareKeys, place, onDone }: Props) {
  const { item, assessment, sources } = view;
  const { t } = useTranslation('panel');
  const { call, edits } = useServices();
  const policy = usePolicy();
  const review = useReview(view, edits.read(item.id) !== null);
  const acts = useReviewActs(view, review, { decider, bareKeys, onDone });
  const problemWords = useProblemWords();
  const [foot, setFoot] = useState<HTMLElement | null>(null);
  const [edited, setEdited] = useState<Assessment | null>(null);
  const { mode, setMode, selected, statement, move } = review;

  const canEdit = acts.refusals.edit === undefined;
  const show = (quote: string) => void call('item.show-in-page', { itemId: item.id, quote });
  const showSource = () => {
    const facts = statement?.facts.flatMap((i) => assessment?.facts[i] ?? []) ?? [];
    const span = facts.find((each) => each.nearest !== null)?.nearest?.span ?? statement?.passage;
    if (span != null) show(span.quote);
  };
  const fix = () => {
    if (!canEdit) return;
    const focusOn = statement === null ? null : { start: statement.start, end: statement.end };
    setMode({ kind: 'edit', focusOn, takeFocus: true });
  };
  const read = () => setMode({ kind: 'read' });
  const select = (index: number) => review.setSelected(selected === index ? null : index);
  const toggleChanges = () => review.setChangesOpen(!review.changesOpen);
  useReadingKeys(
    {
      ']': () => move(1),
      '[': () => move(-1),
      j: place.onNext,
      k: place.onPrevious,
      c: toggleChanges,
      f: fix,
      s: showSource,
      q: showSource,
    },
    () => (mode.kind === 'read' ? place.onBack() : read()),
    bareKeys && mode.kind === 'read',
  );

  const flag = review.flags.find((each) => each.statement?.index === selected) ?? null;
  const settle = (why: string | null) => {
    if (flag !== null) review.settle(flag.key, why);
  };
  const card =
    statement === null || assessment === null ? null : (
      <StatementCard
        key={statement.index}
        statement={statement}
        assessment={assessment}
        sources={sources}
        flag={flag}
        settledBecause={flag === null ? null : (review.settled.get(flag.key) ?? null)}
        canEdit={canEdit}
        onSettle={settle}
        onUnsettle={() => settle(null)}
        onFix={fix}
        onSource={showSource}
        onMove={move}
        onClose={() => review.setSelected(null)}
      />
    );
  // While editing, the text comes first and the reasons after it.
  const why = (
    <>
      <ConfidenceRegion assessment={assessment} onStatement={select} />
      <WholeFlags
        className="px-3"
        flags={review.flags}
        settled={review.settled}
        onSettle={review.settle}
      />
    </>
  );
  return (
    <section
      aria-label={t('detail.region')}
      aria-busy={acts.busy}
      className="flex min-h-0 min-w-0 flex-1 flex-col low:overflow-y-auto"
    >
      <ReviewBar place={place} />
      <div className="min-h-0 flex-1 space-y-3 overflow-y-auto pb-4 low:flex-none low:overflow-visible">
        <ReviewHead
          view={view}
          open={review.open.length}
          // An edited text has flags of its own, said under the editor.
          flags={mode.kind === 'edit' ? 0 : review.flags.length}
          settles={demandsOf(policy, item.tier).settleFlagged}
        />
        <CaseLine item={item} decider={decider} />
        {review.openedWith !== null && (
          <ChangedUnder before={review.openedWith} after={item.draft} />
        )}
        {item.kind === 'answer' && <p className="px-3 text-muted">{t('detail.answerNote')}</p>}
        {mode.kind !== 'edit' && why}
        {mode.kind === 'edit' ? (
          <EditForm
            view={view}
            focusOn={mode.focusOn}
            takeFocus={mode.takeFocus}
            refusalOf={acts.editRefusal}
            settled={review.settled}
            onSettle={review.settle}
            onShow={show}
            onJudged={setEdited}
            busy={acts.busy}
            onSubmit={acts.approveEdit}
            onBack={read}
            foot={foot}
          />
        ) : (
          <DraftRegion
            view={view}
            selected={selected}
            settled={review.settledStatements}
            changesOpen={review.changesOpen}
            onChanges={toggleChanges}
            onSelect={select}
            onSeenToEnd={review.seen}
            card={card}
          />
        )}
        <SourcesRegion
          sources={sources}
          assessment={edited ?? assessment}
          selected={mode.kind === 'edit' ? null : selected}
          onShow={item.kind === 'case' ? null : show}
        />
        {item.kind !== 'case' && <OutputLine output={view.output} matchShare={item.matchShare} />}
        {item.kind === 'draft' && item.state === 'pending' && (
          <div className="flex flex-wrap items-center justify-between gap-2 px-3 text-xs text-muted">
            <span className="min-w-0 flex-1">{t('decide.humanHint')}</span>
            <Button data-verb="human" onClick={() => acts.press('human')}>
              {t('decide.human')}
            </Button>
          </div>
        )}
      </div>
      <div
        ref={setFoot}
        className="max-h-[60%] shrink-0 space-y-2 overflow-y-auto low:max-h-none low:overflow-visible border-t border-line px-3 py-2.5"
      >
        {acts.problem !== null && (
          <Notice look="bad" role="alert">
            {problemWords(acts.problem)}
          </Notice>
        )}
        <p role="status" className="font-medium empty:hidden">
          {review.hint}
        </p>
        <SealLine item={item} onApproveNew={() => acts.press('approve')} />
        <ReviewFoot
          review={review}
          acts={acts}
          kind={item.kind}
          decider={decider}
          showKeys={bareKeys}
        />
      </div>
    </section>
  );
}

/** Says that the text changed while it was read, and where; or else what it is bound to or checked against. */
function ChangedUnder({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation('panel');
  return (
    <div className="px-3">
      <Notice look="warn" role="status">
        {before === after ? (
          <p>{t('detail.changedAround')}</p>
        ) : (
          <>
            <p>{t('detail.changedUnder', { count: wordDiff(before, after).changes })}</p>
            <details>
              <summary className="min-h-6">{t('detail.see')}</summary>
              <ChangesView before={before} after={after} />
            </details>
          </>
        )}
      </Notice>
    </div>
  );
}
