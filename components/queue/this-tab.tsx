import { MessageSquareText, PanelTop } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewItem } from '../../lib/domain/item.ts';
import type { Output } from '../../lib/domain/output.ts';
import { waitingTime } from '../../lib/view/format.ts';
import { useItemWords, useLocale, useNow } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';

interface Props {
  /** Open items whose composer is in the tab beside the panel, most urgent first. */
  items: readonly ReviewItem[];
  /** Newest outputs seen in it of which no item was made. */
  outputs: readonly Output[];
  onOpen: (itemId: string) => void;
  /** Takes an answer into the queue; rejects when the worker did not. */
  onReview: (outputId: string) => Promise<void>;
}

/** What the panel knows of the tab beside it: its drafts, and chat answers that can be reviewed. */
export function ThisTab({ items, outputs, onOpen, onReview }: Props) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const now = useNow();
  const words = useItemWords();
  const [failed, setFailed] = useState(false);
  const first = items[0];
  const newest = outputs[0];
  if (first === undefined && newest === undefined) return null;
  const age = newest === undefined ? '' : waitingTime(now - newest.at, locale);
  const review = (id: string) => {
    setFailed(false);
    void onReview(id).catch(() => setFailed(true));
  };
  return (
    <section aria-label={t('thisTab.label')} className="border-b border-line bg-sunken px-3 py-1.5">
      {first !== undefined && (
        <div className="flex items-center gap-2">
          <PanelTop aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
          <p className="min-w-0 flex-1" title={words.host(first)}>
            <span className="text-muted">
              {t('thisTab.label')} · {words.site(first)} ·
            </span>{' '}
            {t('thisTab.drafts', { count: items.length })}
          </p>
          <Button look="quiet" onClick={() => onOpen(first.id)}>
            {t('thisTab.open')}
          </Button>
        </div>
      )}
      {newest !== undefined && (
        <div className="flex items-center gap-2">
          <MessageSquareText aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
          <p className="min-w-0 flex-1 truncate" title={newest.text.slice(0, 300)}>
            {newest.model === null
              ? t('thisTab.answerUnknown', { age })
              : t('thisTab.answer', { model: newest.model, age })}
          </p>
          <Button look="quiet" onClick={() => review(newest.id)}>
            {t('thisTab.review')}
          </Button>
        </div>
      )}
      {failed && (
        <p role="alert" className="text-xs text-high">
          {t('thisTab.failed')}
        </p>
      )}
    </section>
  );
}
