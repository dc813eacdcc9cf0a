import { defineContentScript } from 'wxt/utils/define-content-script';
import { installTap } from '../lib/page/tap/install.ts';

/** The tap in the page's own world; registered per granted site, before any page script. */
export default defineContentScript({
  registration: 'runtime',
  world: 'MAIN',
  matches: [],
  runAt: 'document_start',
  main() {
    installTap(window);
  },
});
