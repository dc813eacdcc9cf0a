import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { FIELD } from '../ui/field.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';

const FINE = ['checked', 'outdated', 'agreed'] as const;

interface Props {
  /** Why the person settled it; null while it is open. */
  settledBecause: string | null;
  /** Whether there is anything to settle. */
  canSettle: boolean;
  onSettle: (why: string) => void;
  onUnsettle: () => void;
  /** What else can be done while it is open. */
  children: ReactNode;
}

/** How one flagged statement is settled, with a reason, and taken back. */
export function SettleControls(props: Props) {
  const { settledBecause } = props;
  const { t } = useTranslation('panel');
  const [writing, setWriting] = useState(false);
  const [why, setWhy] = useState('');
  return (
    <>
      {settledBecause !== null ? (
        <div className="mt-2 flex items-center justify-between gap-2">
          <p className="text-low">{t('statement.settledBecause', { why: settledBecause })}</p>
          <Button look="quiet" onClick={props.onUnsettle}>
            {t('statement.unsettle')}
          </Button>
        </div>
      ) : (
        <div className="mt-2 flex flex-wrap gap-1.5">
          {props.children}
          {props.canSettle && (
            <Menu
              side="top"
              label={t('statement.fine')}
              renderTrigger={(trigger) => <Button {...trigger}>{t('statement.fine')}</Button>}
            >
              {FINE.map((key) => (
                <MenuItem
                  key={key}
                  onSelect={() => props.onSettle(t(`statement.fineOptions.${key}`))}
                >
                  {t(`statement.fineOptions.${key}`)}
                </MenuItem>
              ))}
              <MenuItem onSelect={() => setWriting(true)}>{t('statement.fineOther')}</MenuItem>
            </Menu>
          )}
        </div>
      )}
      {writing && settledBecause === null && (
        <form
          className="mt-2 flex gap-1.5"
          onSubmit={(event) => {
            event.preventDefault();
            if (why.trim() !== '') props.onSettle(why.trim());
          }}
        >
          <input
            className={FIELD}
            aria-label={t('statement.finePlaceholder')}
            placeholder={t('statement.finePlaceholder')}
            value={why}
            maxLength={300}
            onChange={(event) => setWhy(event.target.value)}
          />
          <Button type="submit">{t('statement.settle')}</Button>
        </form>
      )}
    </>
  );
}
