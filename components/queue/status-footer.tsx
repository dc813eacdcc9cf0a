import { Check, CircleAlert, CloudUpload, HardDrive, Lock, MonitorCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { EndpointKind } from '../../lib/domain/endpoint.ts';
import { relativeTime } from '../../lib/view/format.ts';
import { useLocale, useNow } from '../../lib/view/use-words.ts';
import { cx } from '../ui/cx.ts';

/** What the footer says of the record and of coverage. */
export interface Status {
  /** Whether an endpoint is set at all: without one "only here" is a whole state, not a lack. */
  hasEndpoint: boolean;
  /** Only a collector syncs; other endpoints are sent to. */
  endpointKind: EndpointKind;
  unsynced: number;
  /** What the endpoint last answered wrongly; '' when nothing is wrong. */
  problem: string;
  nextAt: number;
  covered: number;
  /** Sites on the list that Chrome's permission is missing for. */
  uncovered: number;
  /** Settings that the organization holds. */
  managed: number;
  /** Values of the organization that could not be used. */
  unusable: number;
}

/** One line: saved here or synced, and how many sites are watched or not. */
export function StatusFooter({
  status,
  onOpen,
}: {
  status: Status;
  onOpen: (section: string) => void;
}) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const now = useNow();
  const troubled = status.hasEndpoint && status.problem !== '';
  const isCollector = status.endpointKind === 'collector';
  const record = !status.hasEndpoint
    ? t('footer.localOnly')
    : troubled
      ? t('footer.problem', { problem: status.problem })
      : status.unsynced > 0
        ? t(isCollector ? 'footer.toSync' : 'footer.toSend', { count: status.unsynced })
        : t(isCollector ? 'footer.synced' : 'footer.sent');
  const Icon = !status.hasEndpoint
    ? HardDrive
    : troubled
      ? CircleAlert
      : status.unsynced > 0
        ? CloudUpload
        : Check;
  const retry =
    troubled && status.nextAt > now
      ? t('footer.nextTry', { when: relativeTime(status.nextAt, now, locale) })
      : null;
  const link = 'inline-flex min-h-6 items-center gap-1 rounded-sm text-start hover:text-ink';
  return (
    <footer
      aria-label={t('footer.label')}
      className="flex flex-wrap items-center justify-between gap-x-3 border-t border-line px-3 py-1 text-xs text-muted"
    >
      <button
        type="button"
        className={cx(link, troubled && 'text-medium')}
        onClick={() => onOpen('sync')}
      >
        <Icon aria-hidden="true" className="size-3.5 shrink-0" />
        <span>
          {record}
          {retry !== null && <> · {retry}</>}
        </span>
      </button>
      <button type="button" className={link} onClick={() => onOpen('sites')}>
        <MonitorCheck aria-hidden="true" className="size-3.5 shrink-0" />
        <span>
          {t('footer.sites', { count: status.covered })}
          {status.uncovered > 0 && (
            <span className="text-medium">
              {' '}
              · {t('footer.missing', { count: status.uncovered })}
            </span>
          )}
        </span>
      </button>
      {(status.managed > 0 || status.unusable > 0) && (
        <button
          type="button"
          className={cx(link, status.unusable > 0 && 'text-medium')}
          onClick={() => onOpen('policies')}
        >
          <Lock aria-hidden="true" className="size-3.5 shrink-0" />
          <span>
            {status.unusable > 0
              ? t('footer.unusable', { count: status.unusable })
              : t('footer.managed', { count: status.managed })}
          </span>
        </button>
      )}
    </footer>
  );
}
