import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { relativeTime } from '../../lib/view/format.ts';
import { useTokens } from '../../lib/view/use-members.ts';
import { useTeamWords } from '../../lib/view/use-team-words.ts';
import { useLocale, useNow } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';

/** A person's tokens: made and ended here, each shown only when it is made. */
export function MemberTokens({ member, name }: { member: string; name: string }) {
  const { t } = useTranslation('options');
  const locale = useLocale();
  const now = useNow();
  const { tokens, made, why, mint, revoke } = useTokens(member);
  const words = useTeamWords();
  const [label, setLabel] = useState('');
  const [copied, setCopied] = useState(false);
  if (tokens === null && why === '') return null;
  const nameOf = (own: string) => (own === '' ? t('members.unnamedToken') : own);
  const copy = async () => {
    await navigator.clipboard.writeText(made);
    setCopied(true);
  };
  return (
    <div
      role="group"
      aria-label={t('members.tokensOf', { name })}
      className="space-y-2 rounded-md bg-sunken p-3"
    >
      {why !== '' && (
        <Notice look="warn" role="alert">
          {words(why)}
        </Notice>
      )}
      {tokens?.length === 0 && <p className="text-xs text-muted">{t('members.noTokens')}</p>}
      <ul className="space-y-1">
        {tokens?.map((token) => (
          <li key={token.id} className="flex flex-wrap items-center justify-between gap-2">
            <span className="min-w-0 wrap-anywhere">
              {t(token.revokedAt === null ? 'members.token' : 'members.tokenRevoked', {
                label: nameOf(token.label),
                when: relativeTime(Date.parse(token.createdAt), now, locale),
              })}
            </span>
            {token.revokedAt === null && (
              <Button
                look="danger"
                aria-label={t('members.revokeName', { label: nameOf(token.label) })}
                onClick={() => void revoke(token.id)}
              >
                {t('members.revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {made !== '' && (
        <Notice
          look="good"
          role="status"
          actions={
            <Button onClick={() => void copy()}>
              {t(copied ? 'members.copied' : 'members.copy')}
            </Button>
          }
        >
          <p>{t('members.made')}</p>
          <code className="text-xs break-all">{made}</code>
        </Notice>
      )}
      <form
        className="flex flex-wrap items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          setCopied(false);
          setLabel('');
          void mint(label.trim());
        }}
      >
        <TextField
          className="min-w-0 flex-[1_1_10rem]"
          label={t('members.tokenLabel')}
          hint={t('members.tokenLabelHint')}
          maxLength={80}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
        <Button type="submit" className="mt-6">
          {t('members.mint')}
        </Button>
      </form>
    </div>
  );
}
