import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { callFromContent } from '../../lib/messaging/content-client.ts';
import { servePage } from '../../lib/messaging/serve-page.ts';
import { startPage } from '../../lib/page/start-page.ts';
import { claimDocument } from '../../lib/page/world-marks.ts';
import { now } from '../../lib/platform/clock.ts';
import { randomId } from '../../lib/platform/random-id.ts';

/**
 * The page runtime in the isolated world; registered per granted site, in all frames. No WXT content
 * script: those announce themselves to every page by an event and a message, and a page can end them.
 */
export default defineUnlistedScript(() => {
  if (claimDocument()) startPage({ call: callFromContent, serve: servePage, now, uuid: randomId });
});
