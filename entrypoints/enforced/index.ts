import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { markEnforced } from '../../lib/page/world-marks.ts';

/** Registered for sites in Enforce only: their gate stands before the worker has answered. */
export default defineUnlistedScript(() => markEnforced());
