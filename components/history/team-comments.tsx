import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../lib/view/format.ts';
import type { useTeamEntry } from '../../lib/view/use-team-entry.ts';
import { useTeamWords } from '../../lib/view/use-team-words.ts';
import { useLocale } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { FIELD } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';

/** Longest remark (`newComment`). */
const MAX_COMMENT = 4000;

interface Props {
  entry: ReturnType<typeof useTeamEntry>;
  nameOf: (member: string) => string;
}

/** Remarks of leads on an entry; each is an entry of the organisation's record. What was typed stays. */
export function TeamComments({ entry, nameOf }: Props) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const words = useTeamWords();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const add = async () => {
    if (text.trim() === '' || busy) return;
    setBusy(true);
    if (await entry.add(text.trim())) setText('');
    setBusy(false);
  };
  return (
    <Section title={t('team.comments')}>
      <ul className="space-y-2">
        {(entry.comments ?? []).map(({ id, member, text: said, createdAt }) => (
          <li key={id} className="rounded-lg bg-sunken p-2">
            <p className="text-xs text-muted">
              {t('entry.when', {
                time: dateTime(Date.parse(createdAt), locale),
                who: nameOf(member),
              })}
            </p>
            <p className="wrap-anywhere whitespace-pre-wrap">{said}</p>
          </li>
        ))}
      </ul>
      <form
        className="mt-2 space-y-1.5"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <textarea
          className={`${FIELD} min-h-16`}
          aria-label={t('team.comment')}
          placeholder={t('team.commentHint')}
          value={text}
          maxLength={MAX_COMMENT}
          onChange={(event) => setText(event.target.value)}
        />
        {entry.why !== '' && (
          <Notice look="bad" role="alert">
            {words(entry.why)}
          </Notice>
        )}
        <Button type="submit" aria-disabled={text.trim() === '' || busy}>
          {t('team.addComment')}
        </Button>
      </form>
    </Section>
  );
}
