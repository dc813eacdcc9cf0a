import { tapFetch } from './fetch.ts';
import { awaitPort } from './port.ts';

/**
 * Installs the tap in the page's own world; call once, at document_start. One file per channel:
 * each channel tells its bodies through the same port. Never throws into the page.
 */
export function installTap(window: Window & typeof globalThis): void {
  tapFetch(window, awaitPort(window));
}
