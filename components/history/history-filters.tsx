import { useTranslation } from 'react-i18next';
import { panelActions, type PanelState } from '../../lib/view/panel-store.ts';
import { HISTORY_OUTCOMES } from '../../lib/view/use-history.ts';
import { useSiteWords } from '../../lib/view/use-words.ts';
import { Choice } from '../ui/field.tsx';

interface Props {
  filter: PanelState['filter'];
  people: readonly string[];
  sites: readonly string[];
}

/** Which entries are shown: person, outcome, site. */
export function HistoryFilters({ filter, people, sites }: Props) {
  const { t } = useTranslation('panel');
  const siteWords = useSiteWords();
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(6.5rem,100%),1fr))] gap-1.5">
      <Choice
        quiet
        label={t('history.person')}
        value={filter.person}
        onChange={(event) => panelActions.filter({ person: event.target.value })}
      >
        <option value="">{t('history.anyone')}</option>
        {people.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Choice>
      <Choice
        quiet
        label={t('history.outcome')}
        value={filter.outcome}
        onChange={(event) => panelActions.filter({ outcome: event.target.value })}
      >
        <option value="">{t('history.anyOutcome')}</option>
        {HISTORY_OUTCOMES.map((outcome) => (
          <option key={outcome} value={outcome}>
            {t(`outcome.${outcome}`)}
          </option>
        ))}
      </Choice>
      <Choice
        quiet
        label={t('history.site')}
        value={filter.siteId}
        onChange={(event) => panelActions.filter({ siteId: event.target.value })}
      >
        <option value="">{t('history.anySite')}</option>
        {sites.map((id) => (
          <option key={id} value={id}>
            {siteWords(id)}
          </option>
        ))}
      </Choice>
    </div>
  );
}
