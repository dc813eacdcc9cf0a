import { Clock, Ellipsis, Undo2 } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import type { Verb } from '../../lib/domain/decision.ts';
import { VERB_KEYS } from '../../lib/view/verb-keys.ts';
import { Button, type ButtonLook } from '../ui/button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { cx } from '../ui/cx.ts';

const SHOWN: readonly { verb: Verb; look: ButtonLook; wide: boolean }[] = [
  { verb: 'approve', look: 'primary', wide: true },
  { verb: 'edit', look: 'normal', wide: true },
  { verb: 'escalate', look: 'normal', wide: false },
  { verb: 'send-back', look: 'normal', wide: false },
  { verb: 'reject', look: 'danger', wide: false },
];

interface Props {
  /** Why each verb can't be used now; a verb without one can. */
  refusals: Readonly<Partial<Record<Verb, string>>>;
  /** A colleague's draft is answered: it goes to nobody else from here. */
  isCase: boolean;
  showKeys: boolean;
  /** Asked for by click; keys come in elsewhere. */
  onVerb: (verb: Verb) => void;
  /** A refused verb was pressed: its reason is told. */
  onRefused: (verb: Verb) => void;
}

/** Toolbar `Decide`: one stop for Tab, arrows inside; a refused verb says why and stays focusable. */
export function DecideToolbar({ refusals, isCase, showKeys, onVerb, onRefused }: Props) {
  const { t } = useTranslation('panel');
  const reasonId = (verb: Verb) => `refusal-${verb}`;
  const press = (verb: Verb) => (refusals[verb] === undefined ? onVerb(verb) : onRefused(verb));
  const texts = new Map<string, Verb[]>();
  const shown = SHOWN.filter(({ verb }) => !isCase || verb !== 'escalate');
  for (const { verb } of shown) {
    const text = refusals[verb];
    if (text !== undefined) texts.set(text, [...(texts.get(text) ?? []), verb]);
  }
  return (
    <div className="space-y-1.5">
      {[...texts].map(([text, verbs]) => (
        <p key={text} className="text-xs text-muted">
          {verbs.map((verb) => (
            <span key={verb} id={reasonId(verb)} className={cx(verb !== verbs[0] && 'sr-only')}>
              {text}
            </span>
          ))}
        </p>
      ))}
      <Toolbar.Root aria-label={t('decide.toolbar')} className="flex flex-wrap gap-1">
        {shown.map(({ verb, look, wide }) => (
          <Toolbar.Button asChild key={verb}>
            <Button
              look={look}
              data-verb={verb}
              hint={showKeys ? VERB_KEYS[verb] : undefined}
              refusedBy={refusals[verb] === undefined ? undefined : reasonId(verb)}
              dense
              className={wide ? 'min-w-[40%] flex-auto shrink-0' : 'flex-auto shrink-0'}
              onClick={() => press(verb)}
            >
              {t(`decide.${verb}`)}
            </Button>
          </Toolbar.Button>
        ))}
        {!isCase && (
          <Menu
            side="top"
            label={t('decide.more')}
            renderTrigger={(props) => (
              <Toolbar.Button asChild>
                <Button {...props} dense aria-label={t('decide.more')}>
                  <Ellipsis aria-hidden="true" className="size-4" />
                </Button>
              </Toolbar.Button>
            )}
          >
            <MenuItem
              icon={<Clock aria-hidden="true" className="size-4" />}
              {...(showKeys ? { hint: VERB_KEYS.defer } : {})}
              onSelect={() => onVerb('defer')}
            >
              {t('decide.defer')}
            </MenuItem>
            <MenuItem
              icon={<Undo2 aria-hidden="true" className="size-4" />}
              {...(showKeys ? { hint: VERB_KEYS.abstain } : {})}
              onSelect={() => onVerb('abstain')}
            >
              {t('decide.abstain')}
            </MenuItem>
          </Menu>
        )}
      </Toolbar.Root>
    </div>
  );
}
