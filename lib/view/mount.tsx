import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { DEFAULT_POLICY } from '../lib/domain/default-policy.ts';
import { callWorker } from '../lib/messaging/client.ts';
import { now } from '../lib/platform/clock.ts';
import { uuid } from '../lib/platform/random.ts';
import { readSettings, watchSettings } from '../lib/settings/store.ts';
import { openStore } from '../lib/store/store.ts';
import { startArming } from '../lib/view/arming.ts';
import { browserHost } from '../lib/view/browser-host.ts';
import { startI18n } from '../lib/view/i18n.ts';
import { ServicesProvider, type Services } from '../lib/view/services.ts';
import { unsentEdits } from '../lib/view/unsent-edits.ts';

/** Shows a page of the extension with the real services under it. */
export async function mountPage(
  page: ReactNode,
  headMirror: Services['headMirror'],
): Promise<void> {
  // First of all: whoever types while the page loads must not decide with it.
  const arming = startArming(window, now);
  const { locale } = await readSettings();
  await startI18n(locale);
  const edits = unsentEdits(localStorage);
  edits.sweep(now());
  const services: Services = {
    reads: openStore(),
    call: callWorker,
    settings: { read: readSettings, watch: watchSettings },
    policy: DEFAULT_POLICY,
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
