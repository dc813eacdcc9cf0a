import type { WorkerHandlers } from '../messaging/serve.ts';
import { boundHash } from '../domain/bound.ts';
import { noteUnseenPage } from '../messaging/unseen-pages.ts';
import { activeSite } from './active-site.ts';
import { applySettings } from './apply-settings.ts';
import type { CaseUse } from './cases/case-use.ts';
import { captureOutput } from './capture-output.ts';
import { checkComposer } from './check-composer.ts';
import { decideItem } from './decide-item.ts';
import { eraseAsked } from './retention.ts';
import { hello } from './hello.ts';
import { openPanel } from './open-panel.ts';
import { teamHandlers } from './team-handlers.ts';
import { peopleHandlers } from './people-handlers.ts';
import { recordDelivery } from './record-delivery.ts';
import { recordSend } from './record-send.ts';
import { registerSites } from './register-sites.ts';
import { releaseHuman } from './release-human.ts';
import { reviewOutput } from './review-output.ts';
import { createSerial } from './serial.ts';
import { showInPage } from './show-in-page.ts';
import type { SignInUse } from './sign-in-use.ts';
import type { SyncUse } from './sync-use.ts';
import { undoDecision } from './undo-decision.ts';
import type { Worker } from './worker.ts';
import { decider, envAs } from './worker.ts';

const done = () => ({});

/** One handler per contract. `ready` resolves when the start of the worker is through. */
export function createHandlers(
  worker: Worker,
  { sync, signIn, cases, hear }: { sync: SyncUse; signIn: SignInUse; cases: CaseUse; hear(): void },
  ready: Promise<void>,
): WorkerHandlers {
  const inTurn = createSerial();
  const watched = async (origin: string) =>
    activeSite(await worker.settings(), `${origin}/`) !== null;

  const outputsOf = ({ tabId }: { tabId: number }) => `outputs ${tabId}`;

  return {
    ...teamHandlers({ signIn, cases, hear }, ready),
    ...peopleHandlers(signIn, ready, hear),
    'page.hello': async ({ url }, sender) => {
      await ready;
      return hello(worker, url, sender);
    },
    'output.captured': (request, sender) =>
      inTurn(outputsOf(sender), async () => {
        await ready;
        if (await watched(sender.origin)) await captureOutput(worker, request, sender);
        return {};
      }),
    'composer.changed': async (snapshot, sender) => {
      await ready;
      // What the page told before is known first: else its own answer would pass for a person's text.
      await inTurn(outputsOf(sender), () => Promise.resolve());
      if (!(await watched(sender.origin)))
        return { state: 'clear', boundHash: boundHash(snapshot.bound) };
      const key = `${sender.tabId} ${snapshot.composerId}`;
      return inTurn(key, () => checkComposer(worker, snapshot, sender));
    },
    'send.seen': async (seen, sender) => {
      await ready;
      if (await watched(sender.origin)) await recordSend(worker, seen, sender);
      return {};
    },
    'delivery.read': async (read, sender) => {
      await ready;
      await recordDelivery(worker, read, sender);
      return {};
    },
    'page.problem': async ({ code, detail }, sender) => {
      await ready;
      await worker.store.addProblem({
        at: worker.now(),
        code: `page: ${code}`,
        detail: `${sender.origin} ${detail}`,
      });
      const { tabId, documentId, origin, frameId } = sender;
      if (code === 'tap-missing' && frameId === 0)
        await inTurn('unseen pages', () => noteUnseenPage({ tabId, documentId, origin }));
      return {};
    },
    // Not after `ready`: the panel opens only within the turn of the person's click.
    'panel.open': ({ itemId }, sender) => openPanel(itemId, sender).then(done),

    'item.decide': async (request) => {
      await ready;
      return inTurn(request.itemId, () => decideItem(worker, request));
    },
    'item.undo': async (request) => {
      await ready;
      return inTurn(request.itemId, () => undoDecision(worker, request));
    },
    'item.release-human': async (request) => {
      await ready;
      return inTurn(request.itemId, () => releaseHuman(worker, request));
    },
    'item.show-in-page': async ({ itemId, quote }) => {
      await ready;
      await showInPage(worker, itemId, quote);
      return {};
    },
    'output.review': async ({ outputId }) => {
      await ready;
      return reviewOutput(worker, outputId);
    },
    'settings.apply': async (request) => {
      await ready;
      return applySettings(worker, request);
    },
    'site.register': async () => {
      await ready;
      await registerSites(worker.settings);
      return {};
    },
    'export.made': async ({ rows, format }) => {
      await ready;
      const by = await decider(worker);
      await worker.store.commit(envAs(worker, by), (tx) =>
        tx.append({
          type: 'export.made',
          itemId: '',
          traceId: '',
          causationId: '',
          data: { rows, format },
        }),
      );
      worker.committed();
      return {};
    },
    'content.erase': async ({ days }) => {
      await ready;
      return eraseAsked(worker, days);
    },
    'sync.now': async () => {
      await ready;
      await sync.ask();
      return {};
    },
    'sync.test': async (request) => {
      await ready;
      return sync.test(request);
    },
  };
}
