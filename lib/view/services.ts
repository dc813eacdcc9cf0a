import { createContext, use } from 'react';
import type { Head } from '../audit/leaf.ts';
import type { callWorker } from '../messaging/client.ts';
import type { InForce } from '../settings/in-force.ts';
import type { Arming } from './arming.ts';
import type { BrowserHost } from './browser-host.ts';
import type { StoreReads } from './store-reads.ts';
import type { UnsentEdits } from './unsent-edits.ts';

/** Everything the screens need from below, handed in once by the entrypoint. */
export interface Services {
  reads: StoreReads;
  call: typeof callWorker;
  settings: {
    read: () => Promise<InForce>;
    watch: (onChange: (now: InForce) => void) => () => void;
  };
  edits: UnsentEdits;
  arming: Arming;
  host: BrowserHost;
  /** The head kept outside the database, which a cut trail is held against; null when there is none. */
  headMirror: () => Promise<Head | null>;
  now: () => number;
  uuid: () => string;
}

const ServicesContext = createContext<Services | null>(null);

/** Hands the services to the screens under it. */
export const ServicesProvider = ServicesContext.Provider;

/** The services of this page. @throws TypeError outside a provider. */
export function useServices(): Services {
  const services = use(ServicesContext);
  if (services === null) throw new TypeError('Screens must stand under a ServicesProvider');
  return services;
}
