import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { UnseenPage } from '../../lib/messaging/unseen-pages.ts';
import { Button } from '../ui/button.tsx';

/** Most pages named; after a reload of these the next ones come. */
const MOST = 3;

interface Props {
  pages: readonly UnseenPage[];
  /** The tab beside the panel; its page comes first. */
  tabId: number | null;
  onReload: (tabId: number) => void;
}

/** Pages that were open before they were watched: AI answers from then are not known. */
export function ReloadNeeded({ pages, tabId, onReload }: Props) {
  const { t } = useTranslation('panel');
  if (pages.length === 0) return null;
  const isOwn = (page: UnseenPage) => page.tabId === tabId;
  const shown = pages.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a))).slice(0, MOST);
  return (
    <section
      aria-label={t('reload.label')}
      className="border-b border-line bg-medium-soft px-3 py-1.5"
    >
      {shown.map((page) => {
        const host = URL.parse(page.origin)?.host ?? page.origin;
        return (
          <div key={page.documentId} className="flex items-center gap-2">
            <RotateCw aria-hidden="true" className="size-3.5 shrink-0 text-medium" />
            <p className="min-w-0 flex-1">
              {isOwn(page) ? t('reload.thisTab') : t('reload.otherTab', { host })}
            </p>
            <Button
              look="quiet"
              aria-label={t('reload.name', { host })}
              onClick={() => onReload(page.tabId)}
            >
              {t('reload.button')}
            </Button>
          </div>
        );
      })}
      <p className="text-xs text-muted">{t('reload.why')}</p>
    </section>
  );
}
