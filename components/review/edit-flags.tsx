import { useTranslation } from 'react-i18next';
import type { Assessment, Source } from '../../lib/domain/assessment.ts';
import { flagsOf, isFlagged, type Flag } from '../../lib/domain/flags.ts';
import { hiddenMarks } from '../../lib/domain/hidden.ts';
import { runsOf } from '../../lib/view/reveal.ts';
import type { Judged } from '../../lib/view/use-edited-assessment.ts';
import { Button } from '../ui/button.tsx';
import { HiddenRuns } from './hidden-runs.tsx';
import { SettleControls } from './settle-controls.tsx';
import { StatementFindings } from './statement-findings.tsx';
import { WholeFlags } from './whole-flags.tsx';

interface Props {
  judged: Judged;
  sources: readonly Source[];
  settled: ReadonlyMap<string, string>;
  onSettle: (key: string, why: string | null) => void;
  /** Goes to these places of the text. */
  onFix: (place: { start: number; end: number }) => void;
  onShow: (quote: string) => void;
}

/** A flag, or a statement that a rule locks and nobody can settle. */
type Row = Flag & { canSettle: boolean };

function rowsOf({ text, assessment }: Judged): Row[] {
  const flags = flagsOf(text, assessment);
  const known = new Set(flags.map(({ statement }) => statement?.index));
  const locked = assessment.statements.flatMap((statement): Row[] => {
    const lines = assessment.gate.filter(
      (line) => line.tier === 'locked' && line.statement === statement.index,
    );
    if (lines.length === 0 || known.has(statement.index)) return [];
    return [{ key: `l:${statement.index}`, statement, lines, canSettle: false }];
  });
  return [...flags.map((flag) => ({ ...flag, canSettle: true })), ...locked].toSorted(
    (a, b) => (a.statement?.index ?? Infinity) - (b.statement?.index ?? Infinity),
  );
}

/** What is flagged in the text as it is edited now, each settled like a flag of the draft. */
export function EditFlags(props: Props) {
  const { judged, settled } = props;
  const { t } = useTranslation('panel');
  const rows = rowsOf(judged);
  return (
    <div role="group" aria-label={t('edit.flags')} className="mt-2 space-y-2">
      <p role="status" className="text-xs font-medium empty:hidden">
        {rows.length > 0 && t('edit.flagged', { count: rows.length })}
      </p>
      {rows.map((row) => (
        <FlagCard
          key={`${row.statement?.index ?? ''} ${row.key}`}
          row={row}
          why={settled.get(row.key) ?? null}
          {...props}
        />
      ))}
      <WholeFlags flags={rows} settled={settled} onSettle={props.onSettle} />
    </div>
  );
}

function FlagCard({ row, why, judged, ...props }: Props & { row: Row; why: string | null }) {
  const { t } = useTranslation('panel');
  const { text, assessment } = judged;
  const { statement, lines, key } = row;
  if (statement === null) return null;
  const { index, start, end } = statement;
  const quote = quoteOf(assessment, row);
  const held = lines.some(({ tier }) => tier === 'high' || tier === 'locked');
  const status = held && !isFlagged(statement) ? t('draft.held') : t(`status.${statement.status}`);
  return (
    <div
      role="group"
      aria-label={t('statement.label', { index })}
      className="rounded-lg border border-line bg-sunken p-2.5"
    >
      <p className="font-medium">
        {t('statement.label', { index })}
        <span className="text-muted"> · {status}</span>
      </p>
      <q className="wrap-anywhere text-muted">
        <HiddenRuns runs={runsOf(text.slice(start, end), start, hiddenMarks(text))} />
      </q>
      {why === null && (
        <StatementFindings
          statement={statement}
          assessment={assessment}
          sources={props.sources}
          lines={lines}
        />
      )}
      <SettleControls
        settledBecause={why}
        canSettle={row.canSettle}
        onSettle={(because) => props.onSettle(key, because)}
        onUnsettle={() => props.onSettle(key, null)}
      >
        <Button onClick={() => props.onFix({ start, end })}>{t('statement.fix')}</Button>
        {quote !== null && (
          <Button onClick={() => props.onShow(quote)}>{t('statement.source')}</Button>
        )}
      </SettleControls>
    </div>
  );
}

/** The words of a source that speak of it; null when none do. */
function quoteOf({ facts }: Assessment, { statement }: Row): string | null {
  const own = statement?.facts.flatMap((i) => facts[i] ?? []) ?? [];
  const span = own.find(({ nearest }) => nearest !== null)?.nearest?.span ?? statement?.passage;
  return span?.quote ?? null;
}
