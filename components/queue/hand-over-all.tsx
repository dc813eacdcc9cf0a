import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewItem } from '../../lib/domain/item.ts';
import { caseStanding } from '../../lib/view/case-words.ts';
import { useHandOverAll } from '../../lib/view/use-hand-over-all.ts';
import { useInForceHere } from '../../lib/view/use-in-force.ts';
import { useTeamWords } from '../../lib/view/use-team-words.ts';
import { useNow } from '../../lib/view/use-words.ts';
import { HandOver } from '../review/hand-over.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** At the end of a shift: everything that this lead has taken goes to another one. */
export function HandOverAll({ items }: { items: readonly ReviewItem[] }) {
  const { t } = useTranslation('panel');
  const me = useInForceHere()?.me?.member.id ?? '';
  const now = useNow();
  const words = useTeamWords();
  const [choosing, setChoosing] = useState(false);
  const mine = useMemo(
    () =>
      items.filter((item) => item.kind === 'case' && caseStanding(item, me, now)?.state === 'mine'),
    [items, me, now],
  );
  const { busy, handed, give } = useHandOverAll(mine);
  if (me === '' || (mine.length === 0 && handed === null)) return null;
  return (
    <div className="space-y-1.5 border-b border-line px-3 py-2">
      {mine.length > 0 && (
        <div className="flex items-center justify-between gap-2">
          <p>{t('case.taken', { count: mine.length })}</p>
          {!choosing && <Button onClick={() => setChoosing(true)}>{t('case.handOverAll')}</Button>}
        </div>
      )}
      {choosing && mine.length > 0 && (
        <HandOver
          me={me}
          author=""
          busy={busy}
          onGive={async (to) => {
            await give(to);
            setChoosing(false);
          }}
          onCancel={() => setChoosing(false)}
        />
      )}
      {handed !== null && (
        <Notice look={handed.why === '' ? 'good' : 'warn'} role="status">
          {handed.why === ''
            ? t('case.handedOver', { count: handed.done })
            : t('case.handedSome', { ...handed, why: words(handed.why) })}
        </Notice>
      )}
    </div>
  );
}
