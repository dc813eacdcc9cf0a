import type { SiteInput } from '../site-description.ts';

const send = [
  'button[type="submit"], input[type="submit"], input[type="image"], form button:not([type])',
  'button[aria-label*="send" i], [role="button"][aria-label*="send" i]',
  {
    selector: 'button, [role="button"], input[type="button"]',
    words: ['send', 'reply', 'submit', 'post', 'comment', 'answer', 'publish'],
  },
];

/** What shares a form with Send in many apps and sends nothing. */
const notASend = {
  words: ['add', 'attach', 'cancel', 'draft', 'preview', 'remove', 'save', 'search', 'upload'],
};

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
        '[contenteditable=""], [contenteditable="true"], [contenteditable="plaintext-only"], [contenteditable][role="textbox"]',
      send,
      keys: ['ctrl+enter'],
      notASend,
    },
    {
      id: 'textarea',
      editor: 'textarea:not([readonly], [aria-hidden="true"])',
      send,
      keys: ['ctrl+enter'],
      notASend,
    },
    {
      id: 'framed',
      editor: { frame: 'iframe:not([src]), iframe[src=""], iframe[src^="about:"], iframe[srcdoc]' },
      send,
      keys: ['ctrl+enter'],
      notASend,
    },
  ],
};
