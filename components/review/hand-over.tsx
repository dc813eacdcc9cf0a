import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../lib/protocol/team.ts';
import { useMembers } from '../../lib/view/use-members.ts';
import { useTeamWords } from '../../lib/view/use-team-words.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/field.tsx';

interface Props {
  /** Member ids that a case is not handed to: oneself, and of a locked item its author; '' for nobody. */
  me: string;
  author: string;
  busy: boolean;
  onGive: (to: string) => Promise<void>;
  onCancel: () => void;
}

/** Chooses the lead who gets what is handed over. */
export function HandOver({ me, author, busy, onGive, onCancel }: Props) {
  const { t } = useTranslation('panel');
  const { members, why } = useMembers();
  const words = useTeamWords();
  const [chosen, setChosen] = useState('');
  const leads = (members ?? []).filter(
    ({ id, active, role }) => active && id !== me && id !== author && includesRole(role, 'lead'),
  );
  const to = leads.some(({ id }) => id === chosen) ? chosen : (leads[0]?.id ?? '');
  if (why !== '') return <p role="alert">{words(why)}</p>;
  if (members === null) return <p className="text-muted">{t('case.loadingLeads')}</p>;
  return (
    <div className="flex flex-wrap items-end gap-1.5">
      {leads.length === 0 ? (
        <p className="min-w-0 flex-1">{t('case.noLeads')}</p>
      ) : (
        <>
          <Choice
            label={t('case.to')}
            value={to}
            onChange={(event) => setChosen(event.target.value)}
          >
            {leads.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Choice>
          <Button look="primary" disabled={busy} onClick={() => void onGive(to)}>
            {t('case.give')}
          </Button>
        </>
      )}
      <Button onClick={onCancel}>{t('ask.cancel')}</Button>
    </div>
  );
}
