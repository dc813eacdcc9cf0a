import { useTranslation } from 'react-i18next';
import { panelActions, usePanel } from '../../lib/view/panel-store.ts';
import { cx } from '../ui/cx.ts';

const SCOPES = ['own', 'team'] as const;

/** Whose history is shown: what this browser recorded, or what the whole team's browsers did. */
export function ScopeSwitch() {
  const { t } = useTranslation('panel');
  const scope = usePanel((state) => state.scope);
  return (
    <div role="group" aria-label={t('team.scope')} className="flex gap-1 px-3 pt-2">
      {SCOPES.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={scope === each}
          onClick={() => panelActions.showScope(each)}
          className={cx(
            'min-h-8 flex-1 rounded-md border border-line px-2 font-medium hover:bg-hover',
            scope === each ? 'bg-accent-soft text-accent' : 'bg-raised text-muted',
          )}
        >
          {t(`team.scopes.${each}`)}
        </button>
      ))}
    </div>
  );
}
