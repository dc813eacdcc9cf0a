import { useTranslation } from 'react-i18next';
import { historyOutcome } from '../../lib/protocol/history.ts';
import type { Member } from '../../lib/protocol/team.ts';
import type { TeamFilter } from '../../lib/view/use-team-history.ts';
import { useSiteWords } from '../../lib/view/use-words.ts';
import { Choice } from '../ui/field.tsx';

interface Props {
  filter: TeamFilter;
  people: readonly Member[];
  /** Sites that were seen in the entries so far. */
  sites: readonly string[];
  onChange: (part: Partial<TeamFilter>) => void;
}

/** Which entries of the team are shown: person, outcome, site. */
export function TeamFilters({ filter, people, sites, onChange }: Props) {
  const { t } = useTranslation('panel');
  const siteWords = useSiteWords();
  const shown = new Set([...sites, ...(filter.site === '' ? [] : [filter.site])]);
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(6.5rem,100%),1fr))] gap-1.5">
      <Choice
        quiet
        label={t('history.person')}
        value={filter.member}
        onChange={(event) => onChange({ member: event.target.value })}
      >
        <option value="">{t('history.anyone')}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice
        quiet
        label={t('history.outcome')}
        value={filter.outcome}
        onChange={(event) => {
          const outcome = historyOutcome.options.find((each) => each === event.target.value);
          onChange({ outcome: outcome ?? '' });
        }}
      >
        <option value="">{t('history.anyOutcome')}</option>
        {historyOutcome.options.map((outcome) => (
          <option key={outcome} value={outcome}>
            {t(`event.${outcome}`)}
          </option>
        ))}
      </Choice>
      <Choice
        quiet
        label={t('history.site')}
        value={filter.site}
        onChange={(event) => onChange({ site: event.target.value })}
      >
        <option value="">{t('history.anySite')}</option>
        {[...shown].sort().map((id) => (
          <option key={id} value={id}>
            {siteWords(id)}
          </option>
        ))}
      </Choice>
    </div>
  );
}
