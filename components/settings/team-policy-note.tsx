import { useTranslation } from 'react-i18next';
import { dateTime } from '../../lib/view/format.ts';
import { useInForceHere } from '../../lib/view/use-in-force.ts';
import { useLocale } from '../../lib/view/use-words.ts';
import { Notice } from '../ui/notice.tsx';

/** Which signed policy is held, until when, and what holds when it has expired. */
export function TeamPolicyNote() {
  const { t } = useTranslation('options');
  const locale = useLocale();
  const policy = useInForceHere()?.policy ?? null;
  if (policy === null) return null;
  const until = dateTime(Date.parse(policy.notAfter), locale);
  const says = t(`managed.policy.${policy.state}`, { version: policy.version, until });
  return policy.state === 'expired' ? (
    <Notice look="warn" role="alert">
      {says}
    </Notice>
  ) : (
    <p className="text-muted">{says}</p>
  );
}
