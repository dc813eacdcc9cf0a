import { useTranslation } from 'react-i18next';
import type { Settings } from '../../lib/settings/catalog.ts';
import { useSignIn } from '../../lib/view/use-sign-in.ts';
import { useTeamWords } from '../../lib/view/use-team-words.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { MembersSection } from './members-section.tsx';

/** Who this device is for the team's collector: signing in and out, and for administrators the people. */
export function SignInPart({ settings }: { settings: Settings }) {
  const { t } = useTranslation('options');
  const { endpointKind, syncEndpoint, syncToken } = settings;
  const endpoint = endpointKind === 'collector' ? syncEndpoint : '';
  const { view, busy, why, signedOut, start, end } = useSignIn(endpoint, syncToken);
  const words = useTeamWords();
  if (endpoint === '' || view === null) return null;
  const { status, person, issuer } = view;
  const roleOf = person === null ? '' : t(`people.roles.${person.role}`);
  const who = [person?.name, person?.email, roleOf].filter((part) => part).join(' · ');
  const host = URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
  // Nothing to sign in with, and nobody there: the sync endpoint says what is wrong.
  const isNone = status === 'none' && issuer === null && person === null && why === '';
  // That it has ended stands there already.
  const isSaid = status === 'again' && (why === 'unauthenticated' || why === 'unauthorized');
  return (
    <div role="group" aria-label={t('signIn.title')} className="space-y-3">
      {!isNone && (
        <div className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-sunken p-3">
          <p role="status" className="min-w-0 flex-[1_1_14rem] wrap-anywhere">
            {person !== null &&
              t(status === 'signed-in' ? 'signIn.as' : 'signIn.byToken', { who, host })}
            {person === null && t(`signIn.nobody.${status}`, { host })}
          </p>
          {issuer !== null && status !== 'signed-in' && (
            <Button
              look="primary"
              aria-busy={busy}
              refusedBy={busy ? 'sign-in-busy' : undefined}
              onClick={() => !busy && void start(issuer)}
            >
              {t('signIn.start', { host: new URL(issuer).host })}
            </Button>
          )}
          {status !== 'none' && <Button onClick={() => void end()}>{t('signIn.end')}</Button>}
        </div>
      )}
      {busy && (
        <p id="sign-in-busy" role="status" className="text-xs text-muted">
          {t('signIn.busy')}
        </p>
      )}
      {!busy && why !== '' && !isSaid && (
        <Notice look="warn" role="alert">
          {words(why)}
        </Notice>
      )}
      {signedOut !== null && (
        <p role="status">{t(signedOut.revoked ? 'signIn.ended' : 'signIn.endedHere')}</p>
      )}
      {person?.role === 'admin' && <MembersSection key={endpoint} self={person.id} />}
    </div>
  );
}
