import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Assessment, Source, Statement } from '../../lib/domain/assessment.ts';
import type { Flag } from '../../lib/domain/flags.ts';
import { Button } from '../ui/button.tsx';
import { SettleControls } from './settle-controls.tsx';
import { StatementFindings } from './statement-findings.tsx';

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
  const { statement, assessment, sources, flag } = props;
  const { t } = useTranslation('panel');
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
      <StatementFindings
        statement={statement}
        assessment={assessment}
        sources={sources}
        lines={flag?.lines ?? []}
      />
      <SettleControls
        settledBecause={props.settledBecause}
        canSettle={flag !== null}
        onSettle={props.onSettle}
        onUnsettle={props.onUnsettle}
      >
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
      </SettleControls>
    </div>
  );
}
