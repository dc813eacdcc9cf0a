import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { panelActions, usePanel } from '../lib/view/panel-store.ts';
import { useServices } from '../lib/view/services.ts';
import { isTyping } from '../lib/view/arming.ts';
import { VERB_KEYS, VERBS } from '../lib/view/verb-keys.ts';
import { Button } from './ui/button.tsx';

/** All keys, those of Chrome as Chrome really assigned them. Opens with "?". */
export function KeysDialog({ bareKeys }: { bareKeys: boolean }) {
  const { t } = useTranslation('panel');
  const { host } = useServices();
  const open = usePanel((state) => state.helpOpen);
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [shortcuts, setShortcuts] = useState<readonly { name: string; keys: string }[]>([]);
  useEffect(() => {
    const node = dialog.current;
    if (open && node?.open === false) {
      node.showModal();
      heading.current?.focus();
      void host.shortcuts().then(setShortcuts);
    }
    if (!open) node?.close();
  }, [open, host]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event.target)) panelActions.showHelp(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const groups = [
    {
      name: t('keys.groups.queue'),
      keys: [
        ['J K ↓ ↑', t('keys.move')],
        ['Home End', t('keys.firstLast')],
        ['Enter', t('keys.open')],
      ],
    },
    {
      name: t('keys.groups.detail'),
      keys: [
        ...VERBS.map((verb) => [VERB_KEYS[verb], t(`decide.${verb}`)]),
        ['1–9 0', t('keys.reasons')],
        ['[ ]', t('keys.statement')],
        ['F', t('keys.fix')],
        ['S Q', t('keys.quote')],
        ['C', t('keys.changes')],
        ['J K', t('keys.move')],
      ],
    },
    { name: t('keys.groups.edit'), keys: [['Ctrl+Enter', t('keys.submit')]] },
    {
      name: t('keys.groups.anywhere'),
      keys: [
        ['Z', t('keys.undo')],
        ['V', t('keys.verify')],
        ['Esc', t('keys.back')],
        ['F6', t('keys.leave')],
        ['?', t('keys.help')],
      ],
    },
    {
      name: t('keys.browser'),
      keys: shortcuts.map(({ name, keys }) => [keys || t('keys.unassigned'), name]),
    },
  ];
  return (
    <dialog
      ref={dialog}
      aria-labelledby="keys-title"
      onClose={() => panelActions.showHelp(false)}
      className="m-auto max-h-[85dvh] w-80 max-w-[calc(100vw-1.5rem)] rounded-lg border border-line bg-raised p-4 text-ink shadow-pop"
    >
      <h2 id="keys-title" ref={heading} tabIndex={-1} className="text-md font-semibold">
        {t('keys.title')}
      </h2>
      {!bareKeys && <p className="mt-1 text-muted">{t('keys.off')}</p>}
      {groups
        .filter((group) => group.keys.length > 0)
        .map((group) => (
          <section key={group.name} className="mt-3">
            <h3 className="mb-1 text-xs font-semibold text-muted">{group.name}</h3>
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
              {group.keys.map(([keys, what]) => (
                <div key={`${keys} ${what}`} className="col-span-2 grid grid-cols-subgrid">
                  <dt className="tabular min-w-16 text-muted">{keys}</dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      <Button className="mt-4 w-full" onClick={() => dialog.current?.close()}>
        {t('keys.close')}
      </Button>
    </dialog>
  );
}
