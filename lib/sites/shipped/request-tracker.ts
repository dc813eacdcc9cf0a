import type { SiteInput } from '../site-description.ts';

/** Request Tracker: the reply and comment page, which share one form and one button. */
export const requestTracker: SiteInput = {
  id: 'request-tracker',
  name: 'Request Tracker',
  version: 1,
  origins: [],
  kind: 'helpdesk',
  testedOn: { app: 'Request Tracker', version: '5.0.3' },
  knownBy: {
    paths: ['/Ticket/Update.html', '/Ticket/Display.html'],
    elements: ['form[name="TicketUpdate"]', '.transaction', '#ticket-history'],
  },
  thread: {
    each: '.transaction',
    text: '.message-stanza',
    page: { insteadOf: '/Ticket/Update.html', path: '/Ticket/Display.html', query: 'id' },
  },
  record: [
    { title: 'Requestors', selector: 'input[name="UpdateCc"], .requestors' },
    { title: 'Custom fields', selector: '.custom-field' },
  ],
  composers: [
    {
      id: 'update',
      editor: { frame: 'iframe.cke_wysiwyg_frame' },
      send: ['input[name="SubmitTicket"]'],
      form: 'form[name="TicketUpdate"]',
      field: 'UpdateContent',
      kind: {
        selector: 'select[name="UpdateType"]',
        field: 'UpdateType',
        reply: ['response'],
        note: ['private'],
      },
      subject: { selector: 'input[name="UpdateSubject"]' },
      threadKey: { query: 'id' },
      recipients: ['input[name="UpdateCc"]', 'input[name="UpdateBcc"]'],
      attachments: ['input[type="file"][name="Attach"]'],
      quote: 'blockquote',
      notASend: { submitters: ['AddMoreAttach'] },
    },
    {
      id: 'update-plain',
      editor: 'textarea#UpdateContent',
      send: ['input[name="SubmitTicket"]'],
      form: 'form[name="TicketUpdate"]',
      field: 'UpdateContent',
      kind: {
        selector: 'select[name="UpdateType"]',
        field: 'UpdateType',
        reply: ['response'],
        note: ['private'],
      },
      subject: { selector: 'input[name="UpdateSubject"]' },
      threadKey: { query: 'id' },
      recipients: ['input[name="UpdateCc"]', 'input[name="UpdateBcc"]'],
      attachments: ['input[type="file"][name="Attach"]'],
      notASend: { submitters: ['AddMoreAttach'] },
    },
  ],
  delivered: { each: '.transaction', text: '.message-stanza' },
};
