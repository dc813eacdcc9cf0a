import { defineContentScript } from 'wxt/utils/define-content-script';
import { callFromContent } from '../lib/messaging/content-client.ts';
import { servePage } from '../lib/messaging/serve-page.ts';
import { startPage } from '../lib/page/start-page.ts';
import { now } from '../lib/platform/clock.ts';
import { randomId } from '../lib/platform/random-id.ts';

/**
 * The page runtime in the isolated world; registered per granted site, in all frames. Not tied to WXT's
 * `ctx`: a page can abort that by an event of its own, and the gate must not fall silent with it.
 */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  allFrames: true,
  runAt: 'document_start',
  main() {
    startPage({ call: callFromContent, serve: servePage, now, uuid: randomId });
  },
});
