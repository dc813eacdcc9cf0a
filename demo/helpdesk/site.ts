import type { SiteInput } from '../../lib/sites/site-description.ts';

/** The helpdesk as Countersign's settings describe it; the helpdesk itself does not know it. */
export const helpdeskSite = (origin: string): SiteInput => ({
  id: 'demo-helpdesk',
  name: 'Lumen & Oak Support',
  version: 1,
  origins: [origin],
  kind: 'helpdesk',
  testedOn: { app: 'Demo helpdesk, TipTap', version: '3' },
  answers: { each: '.bubble.assistant', text: '.text' },
  thread: {
    each: '.message',
    text: '.text',
    author: { customer: '.customer', agent: '.agent' },
  },
  record: [{ title: 'Record', selector: '.record' }],
  sources: { each: '.article', title: 'h3', text: '.text', url: 'h3 a', internal: '.internal' },
  delivered: { each: '.message.sent', text: '.text' },
  composers: [
    {
      id: 'reply',
      editor: '.reply .ProseMirror',
      send: ['button[name="go"]'],
      field: 'content',
      subject: { selector: '[data-subject]' },
      threadKey: { path: 1 },
      kind: { selector: 'input[name="kind"]', field: 'kind', reply: ['reply'], note: ['note'] },
      recipients: ['input[name="to"]', 'input[name="cc"]'],
      signature: '[data-signature]',
    },
    { id: 'question', editor: '[data-ask] textarea', to: 'assistant', keys: ['enter'] },
  ],
});
