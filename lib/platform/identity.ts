import { browser } from './browser.ts';

/** Why a provider's window did not end where it should. */
export type NoReturn = 'closed' | 'interaction' | 'unreachable';

/** Longest time for a silent question, in milliseconds. */
const SILENT_MS = 15_000;

/** Where a provider sends people back to: an address that only this extension gets to see. */
export function returnAddress(): string {
  return browser.identity.getRedirectURL('sign-in');
}

/**
 * Shows a provider's page in a window of its own, or asks it unseen, and gives the address that it sent the
 * person back to.
 */
export async function visitProvider(
  url: string,
  { silent }: { silent: boolean },
): Promise<{ back: string } | { back: null; why: NoReturn }> {
  try {
    const back = await browser.identity.launchWebAuthFlow({
      url,
      interactive: !silent,
      ...(silent ? { timeoutMsForNonInteractive: SILENT_MS } : {}),
    });
    return back === undefined ? { back: null, why: 'closed' } : { back };
  } catch (error) {
    // Chrome says why in words only.
    const words = error instanceof Error ? error.message : String(error);
    if (/could not be loaded/i.test(words)) return { back: null, why: 'unreachable' };
    return { back: null, why: silent ? 'interaction' : 'closed' };
  }
}
