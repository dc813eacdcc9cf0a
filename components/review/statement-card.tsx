import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Assessment,
  Fact,
  Source,
  SourceSpan,
  Statement,
} from '../../lib/domain/assessment.ts';
import { isFlagged, type Flag } from '../../lib/view/gates.ts';
import { Button } from '../ui/button.tsx';
import { FIELD } from '../ui/field.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { SourceQuote } from './source-quote.tsx';

const FINE = ['checked', 'outdated', 'agreed'] as const;

/** Longest quote that stands for a value by itself; longer ones give way to the value read from them. */
const SHORT_QUOTE = 40;

function saidNearest(nearest: NonNullable<Fact['nearest']>): string {
  const said = nearest.span.quote.trim();
  return said.length > 0 && said.length <= SHORT_QUOTE ? said : nearest.value;
}

interface Props {
  statement: Statement;
  assessment: Assessment;
  sources: readonly Source[];
  /** What has to be settled about it; null when nothing has. */
  flag: Flag | null;
  /** Why the person settled it; null while it is open. */
  settledBecause: string | null;
  canEdit: boolean;
  onSettle: (why: string) => void;
  onUnsettle: () => void;
  onFix: () => void;
  onSource: () => void;
  onMove: (step: 1 | -1) => void;
  onClose: () => void;
}

/** One statement: what was checked in it, the nearest value, and what can be done about it. */
export function StatementCard(props: Props) {
  const { statement, assessment, sources, flag, settledBecause } = props;
  const { t } = useTranslation('panel');
  const [writing, setWriting] = useState(false);
  const [why, setWhy] = useState('');
  const facts = statement.facts.flatMap((i) => assessment.facts[i] ?? []);
  return (
    <div
      role="group"
      aria-label={t('statement.label', { index: statement.index })}
      className="mt-2 rounded-lg border border-line bg-sunken p-2.5"
    >
      <div className="flex items-center justify-between gap-2">
        <p className="font-medium">
          {t('statement.label', { index: statement.index })}
          <span className="text-muted"> · {t(`status.${statement.status}`)}</span>
        </p>
        <div className="flex">
          <Button
            look="quiet"
            aria-label={t('statement.previous')}
            onClick={() => props.onMove(-1)}
          >
            <ChevronLeft aria-hidden="true" className="size-4" />
          </Button>
          <Button look="quiet" aria-label={t('statement.next')} onClick={() => props.onMove(1)}>
            <ChevronRight aria-hidden="true" className="size-4" />
          </Button>
          <Button look="quiet" aria-label={t('statement.close')} onClick={props.onClose}>
            <X aria-hidden="true" className="size-4" />
          </Button>
        </div>
      </div>
      {!isFlagged(statement) &&
        flag?.lines.map((line) => (
          <p key={line.ruleId} className="font-medium">
            {line.says}
          </p>
        ))}
      {facts.length === 0 && <p>{t(`statement.wording.${statement.status}`)}</p>}
      <ul className="space-y-1">
        {facts.map((fact) => (
          <li key={fact.start}>
            {fact.status === 'contradicted' && fact.nearest !== null
              ? t('statement.contradicted', {
                  value: fact.text,
                  nearest: saidNearest(fact.nearest),
                })
              : fact.status === 'supported'
                ? t('statement.supported', { value: fact.text })
                : fact.status === 'cannot-check' || fact.status === 'nothing-to-check'
                  ? t('statement.cannotCheck', { value: fact.text })
                  : t('statement.unsupported', { value: fact.text })}
            {fact.nearest !== null && <Nearest span={fact.nearest.span} sources={sources} />}
          </li>
        ))}
      </ul>
      {settledBecause !== null ? (
        <div className="mt-2 flex items-center justify-between gap-2">
          <p className="text-low">{t('statement.settledBecause', { why: settledBecause })}</p>
          <Button look="quiet" onClick={props.onUnsettle}>
            {t('statement.unsettle')}
          </Button>
        </div>
      ) : (
        <div className="mt-2 flex flex-wrap gap-1.5">
          {props.canEdit && (
            <Button hint="F" onClick={props.onFix}>
              {t('statement.fix')}
            </Button>
          )}
          {sources.length > 0 && (
            <Button hint="S" onClick={props.onSource}>
              {t('statement.source')}
            </Button>
          )}
          {flag !== null && (
            <Menu
              side="top"
              label={t('statement.fine')}
              renderTrigger={(props) => <Button {...props}>{t('statement.fine')}</Button>}
            >
              {FINE.map((key) => (
                <MenuItem
                  key={key}
                  onSelect={() => props.onSettle(t(`statement.fineOptions.${key}`))}
                >
                  {t(`statement.fineOptions.${key}`)}
                </MenuItem>
              ))}
              <MenuItem onSelect={() => setWriting(true)}>{t('statement.fineOther')}</MenuItem>
            </Menu>
          )}
        </div>
      )}
      {writing && settledBecause === null && (
        <form
          className="mt-2 flex gap-1.5"
          onSubmit={(event) => {
            event.preventDefault();
            if (why.trim() !== '') props.onSettle(why.trim());
          }}
        >
          <input
            className={FIELD}
            aria-label={t('statement.finePlaceholder')}
            placeholder={t('statement.finePlaceholder')}
            value={why}
            maxLength={300}
            onChange={(event) => setWhy(event.target.value)}
          />
          <Button type="submit">{t('statement.settle')}</Button>
        </form>
      )}
    </div>
  );
}

function Nearest({ span, sources }: { span: SourceSpan; sources: readonly Source[] }) {
  const source = sources.find((each) => each.id === span.sourceId);
  if (source === undefined) return null;
  return (
    <blockquote className="mt-1 border-s-2 border-line ps-2 text-muted">
      <SourceQuote source={source} span={span} />
      <cite className="block text-xs not-italic">{source.title}</cite>
    </blockquote>
  );
}
