import { Ellipsis, ExternalLink, Keyboard, Settings as Cog } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decider } from '../lib/domain/transitions.ts';
import { deciderIn } from '../lib/settings/in-force.ts';
import type { Settings } from '../lib/settings/catalog.ts';
import { hashOfItem, panelActions, usePanel } from '../lib/view/panel-store.ts';
import { useServices } from '../lib/view/services.ts';
import { siteNames, SiteNamesProvider } from '../lib/view/site-names.ts';
import { useHearing } from '../lib/view/use-hearing.ts';
import { useLoaded } from '../lib/view/use-loaded.ts';
import { useLook } from '../lib/view/use-look.ts';
import { useQueue } from '../lib/view/use-queue.ts';
import { useQueuePlace } from '../lib/view/use-queue-place.ts';
import { InForceProvider, useInForce, useInForceHere } from '../lib/view/use-in-force.ts';
import { useNewDrafts } from '../lib/view/use-new-drafts.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { PanelFooter } from './panel-footer.tsx';
import { PressureNote } from './pressure-note.tsx';
import { QueuePane } from './queue/queue-pane.tsx';
import { UndoBar } from './review/undo-bar.tsx';
import { Button } from './ui/button.tsx';
import { cx } from './ui/cx.ts';
import { LiveRegion } from './ui/live-region.tsx';
import { Menu, MenuItem } from './ui/menu.tsx';
import { Skeleton } from './ui/skeleton.tsx';

/** Loaded after the queue was painted: the queue is what a person waits for. */
const loadHistory = () => import('./history/history-pane.tsx');
const loadReview = () => import('./review/review-detail.tsx');

/** Until the settings are read nobody may do what only some may. */
const NOBODY: Decider = { id: '', name: '', role: 'reviewer' };

const TAB =
  'inline-flex min-h-8 items-center gap-1.5 rounded-md px-2.5 font-medium text-muted hover:text-ink data-[state=active]:bg-hover data-[state=active]:text-ink';

/** The whole side panel. The same views fill a tab: from 720 px on, list and detail side by side. */
export function Panel() {
  const inForce = useInForce();
  const settings = inForce?.settings ?? null;
  const names = useMemo(() => siteNames(settings?.customSites), [settings?.customSites]);
  return (
    <InForceProvider value={inForce}>
      <SiteNamesProvider value={names}>
        <Screens settings={settings} />
      </SiteNamesProvider>
    </InForceProvider>
  );
}

function Screens({ settings }: { settings: Settings | null }) {
  const { t } = useTranslation('panel');
  const { host } = useServices();
  useLook(settings);
  useHearing();
  const state = usePanel();
  const { tab, openItemId, last } = state;
  const queue = useQueue();
  const items = useMemo(
    () => (queue.state === 'ready' ? queue.value.flatMap((section) => section.items) : []),
    [queue],
  );
  const { place, afterDecision, returnTo } = useQueuePlace(items);
  useNewDrafts(queue.state === 'ready' ? items : null);
  const review = useLoaded(loadReview);
  const history = useLoaded(loadHistory);
  const bareKeys = settings?.bareKeys ?? true;

  useEffect(() => {
    document.title = t('title');
    const hash = hashOfItem(openItemId);
    if (location.hash !== hash) window.history.replaceState(null, '', hash);
  }, [t, openItemId]);

  const inForce = useInForceHere();
  const decider = useMemo(() => (inForce === null ? NOBODY : deciderIn(inForce)), [inForce]);
  return (
    <main className="flex h-dvh min-w-0 flex-col overflow-hidden">
      <h1 className="sr-only">{t('title')}</h1>
      <Tabs.Root
        value={tab}
        onValueChange={(value) => panelActions.showTab(value === 'history' ? 'history' : 'queue')}
        className="flex min-h-0 flex-1 flex-col"
      >
        <header className="flex flex-wrap items-center gap-1 border-b border-line px-1.5 py-1">
          <Tabs.List aria-label={t('tabs.label')} className="flex min-w-0 flex-1 flex-wrap gap-1">
            <Tabs.Trigger value="queue" className={TAB}>
              {t('tabs.queue')}
              {items.length > 0 && (
                <span
                  aria-hidden="true"
                  className="tabular rounded-full bg-accent-soft px-1.5 text-xs text-accent"
                >
                  {items.length}
                </span>
              )}
            </Tabs.Trigger>
            <Tabs.Trigger value="history" className={TAB}>
              {t('tabs.history')}
            </Tabs.Trigger>
          </Tabs.List>
          <Menu
            label={t('menu.label')}
            renderTrigger={(props) => (
              <Button {...props} look="quiet" aria-label={t('menu.label')}>
                <Ellipsis aria-hidden="true" className="size-4" />
              </Button>
            )}
          >
            <MenuItem
              icon={<ExternalLink aria-hidden="true" className="size-4" />}
              onSelect={() => host.openInTab(hashOfItem(openItemId))}
            >
              {t('menu.openTab')}
            </MenuItem>
            <MenuItem
              icon={<Cog aria-hidden="true" className="size-4" />}
              onSelect={() => host.openOptions('sites')}
            >
              {t('menu.settings')}
            </MenuItem>
            <MenuItem
              icon={<Keyboard aria-hidden="true" className="size-4" />}
              hint="?"
              onSelect={() => panelActions.showHelp(true)}
            >
              {t('menu.shortcuts')}
            </MenuItem>
          </Menu>
        </header>
        <Tabs.Content value="queue" tabIndex={-1} className="flex min-h-0 flex-1">
          <div
            className={cx(
              'min-h-0 min-w-0 flex-1 flex-col min-[720px]:max-w-96 min-[720px]:border-e min-[720px]:border-line',
              openItemId === null ? 'flex' : 'hidden min-[720px]:flex',
            )}
          >
            <QueuePane
              queue={queue}
              items={items}
              hasSites={settings === null || settings.sites.length > 0}
              focusKey={returnTo}
            />
          </div>
          {openItemId !== null && review === null && (
            <Skeleton label={t('detail.loading')} rows={6} />
          )}
          {openItemId !== null && review !== null && (
            <review.ReviewDetail
              itemId={openItemId}
              decider={decider}
              bareKeys={bareKeys}
              place={place}
              onDone={afterDecision}
            />
          )}
        </Tabs.Content>
        <Tabs.Content
          value="history"
          tabIndex={-1}
          className="flex min-h-0 flex-1 flex-col low:overflow-y-auto low:[&>:last-child]:min-h-64"
        >
          {history === null ? (
            <Skeleton label={t('history.loading')} rows={6} />
          ) : (
            <history.HistoryPane bareKeys={bareKeys} />
          )}
        </Tabs.Content>
      </Tabs.Root>
      <PressureNote />
      {last !== null && <UndoBar key={last.decisionId} last={last} bareKeys={bareKeys} />}
      {(openItemId === null || tab === 'history') && <PanelFooter settings={settings} />}
      <KeysDialog bareKeys={bareKeys} />
      <LiveRegion text={state.announcement} />
    </main>
  );
}
