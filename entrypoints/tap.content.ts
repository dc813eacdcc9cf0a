import { defineContentScript } from 'wxt/utils/define-content-script';
import { installSubmitWrapper } from '../lib/page/gate/submit-wrapper.ts';
import { installTap } from '../lib/page/tap/install.ts';

/** What runs in the page's own world; registered per granted site, before any page script. */
export default defineContentScript({
  registration: 'runtime',
  world: 'MAIN',
  matches: [],
  runAt: 'document_start',
  main() {
    installTap(window);
    installSubmitWrapper(window);
  },
});
