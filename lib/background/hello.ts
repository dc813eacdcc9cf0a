import type { ReplyOf, ToWorker } from '../messaging/contracts.ts';
import type { CallSender } from '../messaging/serve.ts';
import { readCustomSites } from '../sites/custom-sites.ts';
import { siteFor } from '../sites/registry.ts';
import { activeSite } from './active-site.ts';
import { awaitingDelivery } from './record-delivery.ts';
import type { Worker } from './worker.ts';

type Hello = ReplyOf<ToWorker['page.hello']>;

const NOT_WATCHED: Hello = { site: null, mode: 'observe', awaiting: [] };

/** Tells a page runtime what it is to watch. The address counts only within the sender's own origin. */
export async function hello(worker: Worker, url: string, sender: CallSender): Promise<Hello> {
  const settings = await worker.settings();
  const page =
    URL.canParse(url) && new URL(url).origin === sender.origin ? url : `${sender.origin}/`;
  const active = activeSite(settings, page);
  if (active === null) return NOT_WATCHED;
  return {
    site: siteFor(page, readCustomSites(settings.customSites).sites),
    mode: active.mode,
    awaiting: await awaitingDelivery(worker, sender.origin),
  };
}
