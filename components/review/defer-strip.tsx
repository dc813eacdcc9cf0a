import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../lib/view/services.ts';
import { Button } from '../ui/button.tsx';

const HOUR_MS = 3_600_000;

/** Nine o'clock tomorrow, by the clock of this device. */
function tomorrowMorning(now: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + 1);
  return day.setHours(9, 0, 0, 0);
}

interface Props {
  onDefer: (until: number) => void;
  onCancel: () => void;
}

/** Until when an item waits. */
export function DeferStrip({ onDefer, onCancel }: Props) {
  const { t } = useTranslation('panel');
  const { now } = useServices();
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => first.current?.focus(), []);
  const choices = [
    ['hour', () => now() + HOUR_MS],
    ['afternoon', () => now() + 4 * HOUR_MS],
    ['tomorrow', () => tomorrowMorning(now())],
  ] as const;
  return (
    <div
      role="group"
      aria-label={t('decide.defer')}
      tabIndex={-1}
      ref={first}
      className="flex flex-wrap gap-1.5"
    >
      {choices.map(([key, until]) => (
        <Button key={key} className="flex-auto" onClick={() => onDefer(until())}>
          {t(`decide.deferFor.${key}`)}
        </Button>
      ))}
      <Button look="quiet" onClick={onCancel} hint="Esc">
        {t('ask.cancel')}
      </Button>
    </div>
  );
}
