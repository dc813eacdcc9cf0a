import { CircleCheck, CircleDashed, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewItem } from '../../lib/domain/item.ts';
import { listOf } from '../../lib/view/format.ts';
import { sealOf } from '../../lib/view/seal.ts';
import { useLiveDocuments } from '../../lib/view/use-live-documents.ts';
import { useEffectReason } from '../../lib/view/use-effect-reason.ts';
import { useLocale } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ChangesView } from './changes-view.tsx';

const CALM = {
  undecided: { Icon: CircleDashed, color: 'text-muted' },
  approved: { Icon: CircleCheck, color: 'text-low' },
  sent: { Icon: CircleCheck, color: 'text-low' },
  unseen: { Icon: CircleDashed, color: 'text-muted' },
  gone: { Icon: CircleDashed, color: 'text-muted' },
} as const;

interface Props {
  item: ReviewItem;
  /** Approves the text that stands there now. */
  onApproveNew: () => void;
}

/** The line that keeps saying whether the composer still equals what was shown or approved. */
export function SealLine({ item, onApproveNew }: Props) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const reason = useEffectReason();
  const [open, setOpen] = useState(false);
  const { place } = item;
  const live = useLiveDocuments(place === null ? [] : [place]);
  const seal = sealOf(item, place === null || live === null || live.has(place.documentId));
  if (seal.state === 'none') return null;
  if (seal.state === 'failed')
    return (
      <Notice look="bad" role="alert">
        {t('seal.effectFailed', { detail: reason(seal.detail) })}
      </Notice>
    );
  if (seal.state === 'unknown')
    return <Notice look="warn">{t('seal.effectUnknown', { detail: reason(seal.detail) })}</Notice>;
  if (seal.state === 'drifted') return <Notice look="bad">{t('seal.drifted')}</Notice>;
  if (seal.state === 'changed') {
    const says =
      seal.words > 0
        ? t('seal.changed', { count: seal.words })
        : seal.parts.length > 0
          ? t('seal.changedParts', {
              list: listOf(
                seal.parts.map((part) => t(`seal.changedPart.${part}`)),
                locale,
              ),
            })
          : t('seal.changedUnknown');
    return (
      <div className="space-y-2">
        <Notice look="bad" role="alert">
          <p className="font-medium">{says}</p>
          <div className="mt-1.5 flex flex-wrap gap-1.5">
            <Button onClick={() => setOpen(!open)} aria-expanded={open}>
              {open ? t('seal.hide') : t('seal.see')}
            </Button>
            {item.state === 'pending' && (
              <Button onClick={onApproveNew}>{t('seal.approveNew')}</Button>
            )}
          </div>
        </Notice>
        {open && (
          <div className="max-h-48 overflow-y-auto rounded-md border border-line p-2">
            <ChangesView before={seal.approved} after={item.bound.text} />
          </div>
        )}
      </div>
    );
  }
  if (seal.state === 'pending')
    return (
      <p className="flex items-center gap-1.5 text-xs text-muted">
        <LoaderCircle aria-hidden="true" className="size-3.5 shrink-0 animate-spin" />
        {t('seal.effectPending')}
      </p>
    );
  const { Icon, color } = CALM[seal.state];
  return (
    <p className="flex items-center gap-1.5 text-xs text-muted">
      <Icon aria-hidden="true" className={`size-3.5 shrink-0 ${color}`} />
      {t(`seal.${seal.state}`)}
    </p>
  );
}
