import type { Page } from '@playwright/test';

/**
 * Waits in the panel until an element that `selector` names, holding `text` in its label or words, has
 * been painted; resolves with the wall clock (ms since 1970) just after that frame. Rejects after 20 s.
 */
export function painted(panel: Page, selector: string, text: string): Promise<number> {
  return panel.evaluate(
    ([selector, text]) =>
      new Promise<number>((resolve, reject) => {
        const isThere = () =>
          [...document.querySelectorAll(selector)].some((element) =>
            `${element.getAttribute('aria-label') ?? ''} ${element.textContent}`.includes(text),
          );
        const timer = setTimeout(() => {
          observer.disconnect();
          reject(
            new Error(`${selector} with “${text}” did not come; panel ${document.visibilityState}`),
          );
        }, 20_000);
        const check = () => {
          if (!isThere()) return;
          observer.disconnect();
          clearTimeout(timer);
          // The message is handled after the frame that the callback runs before.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(Date.now());
            port2.postMessage(0);
          });
        };
        const observer = new MutationObserver(check);
        observer.observe(document, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
        check();
      }),
    [selector, text] as const,
  );
}
