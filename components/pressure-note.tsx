import { useTranslation } from 'react-i18next';
import { usePressure } from '../lib/view/use-pressure.ts';
import { Notice } from './ui/notice.tsx';

/** Says that the record runs out of room, before and when nothing can be let go any more. */
export function PressureNote() {
  const { t } = useTranslation('panel');
  const { level, short, unsynced } = usePressure();
  if (level === 'none' || short === null) return null;
  return (
    <div className="p-2">
      <Notice look={level === 'full' ? 'bad' : 'warn'} role={level === 'full' ? 'alert' : 'status'}>
        {t(`pressure.${level}.${short}`, { count: unsynced })}
      </Notice>
    </div>
  );
}
