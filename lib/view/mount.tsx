import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { callWorker } from '../messaging/client.ts';
import { now } from '../platform/clock.ts';
import { uuid } from '../platform/random.ts';
import { readInForce, watchInForce } from '../settings/store.ts';
import { openReads } from '../store/open-reads.ts';
import { startArming } from './arming.ts';
import { browserHost } from './browser-host.ts';
import { startI18n, type PageCatalogs } from './i18n.ts';
import { ServicesProvider, type Services } from './services.ts';
import { unsentEdits } from './unsent-edits.ts';

/** Shows a page of the extension with the real services under it, and the English texts it uses. */
export async function mountPage(
  page: ReactNode,
  headMirror: Services['headMirror'],
  catalogs: PageCatalogs,
): Promise<void> {
  // First of all: whoever types while the page loads must not decide with it.
  const arming = startArming(window, now);
  const { settings } = await readInForce();
  await startI18n(settings.locale, catalogs);
  const edits = unsentEdits(localStorage);
  edits.sweep(now());
  const services: Services = {
    reads: openReads(),
    call: callWorker,
    settings: { read: readInForce, watch: watchInForce },
    edits,
    arming,
    host: browserHost(),
    headMirror,
    now,
    uuid,
  };
  const root = document.getElementById('root');
  if (root === null) throw new TypeError('The page has no root element');
  createRoot(root).render(
    <StrictMode>
      <ServicesProvider value={services}>{page}</ServicesProvider>
    </StrictMode>,
  );
}
