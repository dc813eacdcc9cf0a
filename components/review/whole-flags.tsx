import { useTranslation } from 'react-i18next';
import type { Flag } from '../../lib/domain/flags.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Menu, MenuItem } from '../ui/menu.tsx';

const FINE = ['checked', 'outdated', 'agreed'] as const;

interface Props {
  flags: readonly Flag[];
  settled: ReadonlyMap<string, string>;
  onSettle: (key: string, why: string | null) => void;
  className?: string;
}

/** Rules about the whole draft that a person settles, since no statement stands for them. */
export function WholeFlags({ flags, settled, onSettle, className }: Props) {
  const { t } = useTranslation('panel');
  const whole = flags.filter((flag) => flag.statement === null);
  if (whole.length === 0) return null;
  return (
    <ul className={cx('space-y-1.5', className)}>
      {whole.map((flag) => {
        const why = settled.get(flag.key);
        return (
          <li
            key={flag.key}
            className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-sunken px-2.5 py-1.5"
          >
            <span className="min-w-0 flex-1">
              {flag.lines[0]?.says}
              {why !== undefined && (
                <span className="block text-xs text-low">
                  {t('statement.settledBecause', { why })}
                </span>
              )}
            </span>
            {why === undefined ? (
              <Menu
                label={t('statement.fine')}
                renderTrigger={(props) => <Button {...props}>{t('statement.fine')}</Button>}
              >
                {FINE.map((key) => (
                  <MenuItem
                    key={key}
                    onSelect={() => onSettle(flag.key, t(`statement.fineOptions.${key}`))}
                  >
                    {t(`statement.fineOptions.${key}`)}
                  </MenuItem>
                ))}
              </Menu>
            ) : (
              <Button look="quiet" onClick={() => onSettle(flag.key, null)}>
                {t('statement.unsettle')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
