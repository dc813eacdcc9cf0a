import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import options from '../../locales/en/options.json' with { type: 'json' };
import { TOKEN_REMOVED } from '../settings/kept-token.ts';
import { SET_BY_ORGANIZATION } from '../settings/managed-values.ts';
import { ADMINS_ONLY, NOT_REGISTERED } from '../settings/saved-notices.ts';
import type { SaveProblem } from './use-save.ts';

const { settingProblem } = options;

type Issue = keyof typeof settingProblem.issue;
type Allowed = keyof typeof settingProblem.allowed;

const isIssue = (code: string): code is Issue => Object.hasOwn(settingProblem.issue, code);
const hasAllowed = (key: string): key is Allowed => Object.hasOwn(settingProblem.allowed, key);

/** The sentence for a setting that could not be used: what is wrong with it, and what is allowed. */
export function useSettingProblemWords(): (problem: SaveProblem) => string {
  const { t } = useTranslation('options');
  return useCallback(
    ({ key, code, params }) => {
      const text = (name: string) => String(params[name] ?? '');
      const given = text('given');
      const path = text('path') || t('settingProblem.whole');
      const id = text('id');
      const issue = text('issue');
      const number = Number(params['index'] ?? 0) + 1;
      const allowed = hasAllowed(key) ? t(`settingProblem.allowed.${key}`) : '';
      const entry =
        id === ''
          ? t('settingProblem.entry', { number })
          : t('settingProblem.entryWithId', { number, id });
      switch (code) {
        case 'unknown-key':
          return t('settingProblem.unknown-key');
        case 'bad-value':
          if (given === '') return t('settingProblem.bad-value-hidden', { allowed });
          if (text('path') === '') return t('settingProblem.bad-value', { given, allowed });
          return /^\d+$/u.test(path)
            ? t('settingProblem.bad-value-entry', { number: Number(path) + 1, given, allowed })
            : t('settingProblem.bad-value-at', { given, path, allowed });
        case TOKEN_REMOVED:
          return t('settingProblem.token-removed', { host: text('host') });
        case NOT_REGISTERED:
          return t('settingProblem.not-registered', { why: text('why') });
        case ADMINS_ONLY:
          return t('settingProblem.admins-only');
        case SET_BY_ORGANIZATION:
          return t('settingProblem.set-by-organization');
        case 'personal-key':
        case 'token-without-endpoint':
          return t(`settingProblem.${code}`);
        case 'not-a-list':
          return t('settingProblem.not-a-list', { allowed });
        case 'too-many':
          return t('settingProblem.too-many', { index: text('index') });
        case 'not-a-site': {
          const says = t(`settingProblem.issue.${isIssue(issue) ? issue : 'custom'}`);
          return t('settingProblem.not-a-site', { entry, path, issue: says });
        }
        case 'no-origin':
        case 'unknown-site':
        case 'duplicate-id':
          return t(`settingProblem.${code}`, { entry });
        default:
          return t('settingProblem.other', { code });
      }
    },
    [t],
  );
}
