import type { SiteInput } from '../site-description.ts';

const SEND_WORDS = ['send', 'reply', 'submit', 'post', 'comment', 'answer', 'publish', 'save'];

/** Any page with a place to write: no thread, no recipients, the form's own button. */
export const anyPage: SiteInput = {
  id: 'any-page',
  name: 'Any page with a composer',
  version: 1,
  origins: [],
  kind: 'tool',
  testedOn: null,
  composers: [
    {
      id: 'editable',
      editor:
        '[contenteditable=""], [contenteditable="true"], [contenteditable="plaintext-only"], [role="textbox"][contenteditable]',
      send: [
        'button[type="submit"], input[type="submit"], input[type="image"]',
        'button[aria-label*="send" i], [role="button"][aria-label*="send" i]',
        { selector: 'button, [role="button"], input[type="button"]', words: SEND_WORDS },
      ],
      keys: ['ctrl+enter'],
    },
    {
      id: 'textarea',
      editor: 'textarea:not([readonly]):not([aria-hidden="true"])',
      send: [
        'button[type="submit"], input[type="submit"], input[type="image"]',
        'button[aria-label*="send" i], [role="button"][aria-label*="send" i]',
        { selector: 'button, [role="button"], input[type="button"]', words: SEND_WORDS },
      ],
      keys: ['ctrl+enter'],
    },
    {
      id: 'framed',
      editor: { frame: 'iframe:not([src]), iframe[src=""], iframe[src^="about:"], iframe[srcdoc]' },
      send: [
        'button[type="submit"], input[type="submit"], input[type="image"]',
        'button[aria-label*="send" i], [role="button"][aria-label*="send" i]',
        { selector: 'button, [role="button"], input[type="button"]', words: SEND_WORDS },
      ],
    },
  ],
};
