import type { ComposerAt, NotASend, SendControl } from '../site-parts.ts';
import type { SiteDescription } from '../site-description.ts';

const send: SendControl[] = [
  'button[type="submit"], input[type="submit"], input[type="image"], form button:not([type])',
  'button[aria-label*="send" i], [role="button"][aria-label*="send" i]',
  {
    selector: 'button, [role="button"], input[type="button"]',
    words: [
      'send',
      'reply',
      'submit',
      'post',
      'comment',
      'answer',
      'publish',
      'add comment',
      'add a comment',
      'add reply',
      'add answer',
      'save and send',
      'save & send',
    ],
  },
];

/** What shares a form with Send in many apps and sends nothing. */
const notASend: NotASend = {
  submitters: [],
  fields: [],
  // Not "add" and "save" alone: many a form has but that button, and then it sends.
  words: [
    'add file',
    'add files',
    'add attachment',
    'add image',
    'add link',
    'add tag',
    'add another',
    'attach',
    'cancel',
    'draft',
    'preview',
    'remove',
    'save draft',
    'save as draft',
    'save for later',
    'search',
    'upload',
  ],
};

const common: Omit<ComposerAt, 'id' | 'editor'> = {
  to: 'person',
  send,
  keys: ['ctrl+enter'],
  kind: 'reply',
  notASend,
};

/**
 * Any page with a place to write: no thread, no recipients, the form's own button. Written out with all
 * defaults, so that a page can use it without the schema.
 */
export const anyPage: SiteDescription = {
  id: 'any-page',
  name: 'Any page with a composer',
  version: 2,
  origins: [],
  kind: 'tool',
  testedOn: null,
  record: [],
  composers: [
    {
      ...common,
      id: 'editable',
      editor:
        '[contenteditable=""], [contenteditable="true"], [contenteditable="plaintext-only"], [contenteditable][role="textbox"]',
    },
    {
      ...common,
      id: 'textarea',
      editor: 'textarea:not([readonly], [aria-hidden="true"])',
    },
    {
      ...common,
      id: 'framed',
      editor: { frame: 'iframe:not([src]), iframe[src=""], iframe[src^="about:"], iframe[srcdoc]' },
    },
  ],
};
