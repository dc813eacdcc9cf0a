import { Link2 } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hiddenMarks } from '../../lib/domain/hidden.ts';
import { surroundings } from '../../lib/view/draft-segments.ts';
import { listOf } from '../../lib/view/format.ts';
import { runsOf } from '../../lib/view/reveal.ts';
import type { ItemView } from '../../lib/view/store-reads.ts';
import { useLocale } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { ChangesView } from './changes-view.tsx';
import { DraftText } from './draft-text.tsx';
import { HiddenRuns } from './hidden-runs.tsx';

interface Props {
  view: ItemView;
  selected: number | null;
  settled: ReadonlySet<number>;
  changesOpen: boolean;
  onChanges: () => void;
  onSelect: (index: number) => void;
  onSeenToEnd: () => void;
  /** The card of the selected statement. */
  card: ReactNode;
}

/** Region `Draft`: the text with its marks, the person's own text around it dimmed, what is bound to it. */
export function DraftRegion(props: Props) {
  const { item, assessment, output } = props.view;
  const { t } = useTranslation('panel');
  const [marks, setMarks] = useState(true);
  const end = useRef<HTMLDivElement>(null);
  const { onSeenToEnd } = props;
  useEffect(() => {
    const node = end.current;
    if (node === null) return undefined;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) onSeenToEnd();
    });
    watch.observe(node);
    return () => watch.disconnect();
  }, [onSeenToEnd]);
  const hidden = useMemo(() => hiddenMarks(item.draft).length, [item.draft]);
  const around = useMemo(
    () => surroundings(item.bound.text, item.draft),
    [item.bound.text, item.draft],
  );
  return (
    <Section
      title={t('draft.region')}
      aside={
        <div className="flex flex-wrap">
          <Button look="quiet" aria-pressed={!marks} onClick={() => setMarks(!marks)}>
            {marks ? t('draft.plain') : t('draft.marks')}
          </Button>
          {output !== null && (
            <Button
              look="quiet"
              hint="C"
              aria-expanded={props.changesOpen}
              onClick={props.onChanges}
            >
              {t('draft.changes')}
            </Button>
          )}
        </div>
      }
    >
      {hidden > 0 && (
        <div className="mb-2">
          <Notice look="bad">{t('draft.hidden', { count: hidden })}</Notice>
        </div>
      )}
      {around !== null && <Dimmed label={t('draft.ownBefore')} text={around.before} />}
      <div className="rounded-lg border border-line bg-raised p-3">
        <DraftText
          draft={item.draft}
          assessment={assessment}
          selected={props.selected}
          settled={props.settled}
          showMarks={marks}
          onSelect={props.onSelect}
        />
        <div ref={end} className="h-px" />
      </div>
      {around !== null && <Dimmed label={t('draft.ownAfter')} text={around.after} />}
      {props.changesOpen && output !== null && (
        <div className="mt-2 rounded-lg border border-line p-2.5">
          <p className="mb-1 text-xs text-muted">
            {output.text === item.draft ? t('draft.sameAsOutput') : t('draft.changesFrom')}
          </p>
          {output.text !== item.draft && <ChangesView before={output.text} after={item.draft} />}
        </div>
      )}
      {props.card}
      <BoundParts view={props.view} />
    </Section>
  );
}

/** Text around the draft: shown, so that nothing is hidden, and dimmed, since nobody checked it. */
function Dimmed({ label, text }: { label: string; text: string }) {
  if (text === '') return null;
  return (
    <details className="my-1 text-muted">
      <summary className="min-h-6 text-xs">{label}</summary>
      <p className="px-3 py-1 text-xs whitespace-pre-wrap">
        <HiddenRuns runs={runsOf(text, 0, hiddenMarks(text))} />
      </p>
    </details>
  );
}

/** What an approval is bound to besides the text: reply or note, recipients, attachments, links. */
function BoundParts({ view: { item } }: { view: ItemView }) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const { kind, recipients, attachments, links } = item.bound;
  if (item.kind === 'answer') return null;
  const parts = [
    t(`draft.kind.${kind}`),
    recipients === null
      ? t('draft.recipientsUnknown')
      : recipients.length > 0
        ? t('draft.to', { list: listOf(recipients, locale) })
        : null,
    attachments === null || attachments.length === 0
      ? null
      : t('draft.attachments', { count: attachments.length, list: listOf(attachments, locale) }),
  ].filter((part) => part !== null);
  return (
    <div className="mt-2 space-y-1 text-xs text-muted">
      <p>{parts.join(' · ')}</p>
      {links.length > 0 && (
        <ul aria-label={t('draft.links', { count: links.length })} className="space-y-0.5">
          {links.map((link, i) => (
            <li key={i} className="flex gap-1.5">
              <Link2 aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
              <span className="min-w-0">
                {t('draft.linkGoesTo', { text: link.text, href: link.href })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
