import type { Availability, Say } from './availability.ts';
import { startModelServer } from '../lib/model-server/server.ts';
import { installMastra, mastraAvailable } from './mastra/setup.ts';
import { startMastra } from './mastra/start.ts';
import { installRequestTracker, requestTrackerAvailable } from './request-tracker/setup.ts';
import { startRequestTracker } from './request-tracker/start.ts';

/** The apps that can be set up here. */
export const APP_NAMES = ['mastra', 'request-tracker'] as const;

/** One of `APP_NAMES`. */
export type AppName = (typeof APP_NAMES)[number];

/** An app as a person tries it out: lines to print, and its end. */
interface Trial {
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

interface App {
  readonly available: () => Promise<Availability>;
  readonly install: (say: Say) => Promise<void>;
  readonly tryOut: () => Promise<Trial>;
}

const TRIAL_TICKET = {
  subject: 'Parcel for order 70418 has not arrived',
  requestor: 'Nadia Brandt <nadia@customer.test>',
  body: 'Hello,\n\nmy parcel for order 70418 has not arrived. I paid 42.50 EUR on 10 October.\n\nNadia',
};

/** The apps by name. */
export const APPS: Readonly<Record<AppName, App>> = {
  mastra: {
    available: mastraAvailable,
    install: installMastra,
    tryOut: async () => {
      const model = await startModelServer();
      const mastra = await startMastra({ modelUrl: model.url });
      return {
        lines: [
          `Mastra Studio     ${mastra.agentUrl}`,
          `its model server  ${model.url} (scripted answers)`,
          'log-in            none',
        ],
        stop: async () => {
          await mastra.stop();
          await model.close();
        },
      };
    },
  },
  'request-tracker': {
    available: requestTrackerAvailable,
    install: installRequestTracker,
    tryOut: async () => {
      const rt = await startRequestTracker();
      const id = await rt.createTicket(TRIAL_TICKET);
      return {
        lines: [
          `Request Tracker  ${rt.url}/ (${rt.version})`,
          `a ticket         ${rt.url}/Ticket/Display.html?id=${id}`,
          `log-in           ${rt.user} / ${rt.password}`,
        ],
        stop: () => rt.stop(),
      };
    },
  },
};

/** Whether the app can be started here, and why not. */
export const available = (name: AppName): Promise<Availability> => APPS[name].available();

/** Installs the app if it is missing. @throws an Error whose message says what a person can do. */
export const ensureInstalled = async (name: AppName, say: Say): Promise<void> => {
  if (!(await available(name)).ok) await APPS[name].install(say);
};

/** The one command that installs the app, for a person to copy. */
export const installCommand = (name: AppName): string => `npm run app -- ${name} --install`;
