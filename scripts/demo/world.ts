import { randomInt } from 'node:crypto';
import { RANDOM_ID, supportDay } from '../../demo/day/day.ts';
import type { Ticket } from '../../demo/day/ticket.ts';
import { startHelpdesk, type Helpdesk } from '../../demo/helpdesk/server.ts';
import { helpdeskSite } from '../../demo/helpdesk/site.ts';
import { addPerson } from '../lib/add-person.ts';
import { runCollector } from '../../server/run.ts';
import { startExtension, type Extension } from '../../tests/e2e/support/extension.ts';
import { lastPrompt } from '../lib/model-server/request.ts';
import { startModelServer, type ModelServer } from '../lib/model-server/server.ts';

/** Who reviews in the demo. */
export const REVIEWER = 'Mia Berg';

/** Everything that runs. */
export interface World {
  day: readonly Ticket[];
  /** The ticket whose values were drawn. */
  drawn: Ticket;
  helpdesk: Helpdesk;
  collector: Collector;
  extension: Extension;
  /** Ends all of it, also when only a part was started; a second call does nothing. */
  close(): Promise<void>;
}

/** Answers by the number of the ticket in the question; the model knows of nothing else. */
async function startModel(day: readonly Ticket[], tokensPerSecond: number): Promise<ModelServer> {
  return startModelServer({
    handler: (request) => {
      const id = /\bticket #?(\d{4})\b/iu.exec(lastPrompt(request))?.[1];
      const ticket = day.find((one) => one.id === id);
      if (ticket === undefined)
        return { text: 'Which ticket is it about? Please write its number.', tokensPerSecond };
      return { tokensPerSecond, firstByteMs: 120, ...ticket.draft };
    },
  });
}

/** The helpdesk and the model that writes its drafts. */
async function startDesk(day: readonly Ticket[], tokensPerSecond: number): Promise<Helpdesk> {
  const model = await startModel(day, tokensPerSecond);
  try {
    const helpdesk = await startHelpdesk({ tickets: day, modelUrl: model.url });
    const close = async () => {
      await helpdesk.close();
      await model.close();
    };
    return { ...helpdesk, close };
  } catch (error) {
    await model.close();
    throw error;
  }
}

interface Collector {
  url: string;
  /** Its administrator's. */
  token: string;
  /** The reviewer's. */
  reviewerToken: string;
  close(): Promise<void>;
}

/** A collector in memory: nothing of it is left behind. */
async function startCollector(): Promise<Collector> {
  const { url, token, stop } = await runCollector({
    place: { kind: 'memory' },
    host: '127.0.0.1',
    port: 0,
    newToken: true,
    log: () => undefined,
  });
  if (token === null) throw new Error('The collector gave no token');
  const reviewerToken = await addPerson({ url, token }, { name: REVIEWER, role: 'reviewer' });
  return { url, token, reviewerToken, close: stop };
}

/** The settings that a team would hand out for this helpdesk, with the reviewer's own name. */
function settingsFor(helpdesk: string, collector: Collector) {
  return {
    mode: 'enforce',
    customSites: [helpdeskSite(helpdesk)],
    reviewerName: REVIEWER,
    syncEndpoint: collector.url,
    syncToken: collector.reviewerToken,
    consentAt: Date.now(),
  };
}

/** Starts model server, helpdesk, collector and Chromium with the extension, settings imported. */
export async function startWorld(options: {
  headed: boolean;
  /** How fast drafts stream. */
  tokensPerSecond: number;
  say(line: string): void;
}): Promise<World> {
  const { headed, say } = options;
  const ends: (() => Promise<void>)[] = [];
  let closing: Promise<void> | null = null;
  const end = async () => {
    for (const stop of ends.toReversed()) await stop();
  };
  const close = () => (closing ??= end());
  /** What has begun to start is known to `close`, whatever else fails. */
  const kept = async <T>(
    starting: Promise<T>,
    stop: (it: T) => Promise<void>,
    line: (it: T) => string,
  ) => {
    const it = await starting;
    ends.push(() => stop(it));
    say(line(it));
    return it;
  };
  const day = supportDay((below) => randomInt(below));
  const starting = [
    kept(
      startDesk(day, options.tokensPerSecond),
      (it) => it.close(),
      (it) => `helpdesk with ${day.length} tickets: ${it.url}`,
    ),
    kept(
      startCollector(),
      (it) => it.close(),
      (it) => `collector: ${it.url}`,
    ),
    kept(
      startExtension({ headless: !headed }),
      (it) => it.close(),
      () => 'Chromium with the extension',
    ),
  ] as const;
  try {
    await Promise.allSettled(starting);
    const [helpdesk, collector, extension] = await Promise.all(starting);
    const drawn = day.find(({ id }) => id === RANDOM_ID);
    if (drawn === undefined) throw new Error('The day has no drawn ticket');
    await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'], {
      origin: helpdesk.url,
    });
    await extension.importSettings(settingsFor(helpdesk.url, collector));
    say('settings imported on the options page');
    return { day, drawn, helpdesk, collector, extension, close };
  } catch (error) {
    await close();
    throw error;
  }
}
