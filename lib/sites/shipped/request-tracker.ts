import type { SiteInput } from '../site-description.ts';

type ComposerInput = NonNullable<SiteInput['composers']>[number];

/** Rich text and plain text boxes stand in the same form, with the same button. */
const form: Omit<ComposerInput, 'id' | 'editor'> = {
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
  // Not by the address: a form that comes back, to add a file, has no query.
  threadKey: { selector: 'form[name="TicketUpdate"] input[name="id"]' },
  recipients: ['input[name="UpdateCc"]', 'input[name="UpdateBcc"]', 'input[name="TxnSendMailTo"]'],
  attachments: ['#attach-dropzone .dz-filename', 'input[type="file"][name="Attach"]'],
  notASend: { submitters: ['AddMoreAttach'] },
};

/** What a transaction shows: its text, with the quote that RT folds away, without the fold's words. */
const transaction = {
  each: '.transaction.message',
  text: '.message-stanza',
  without: '.message-stanza-folder',
};

/**
 * How RT describes a comment, in each of its languages ("Comments added" in its `po` files). Nothing else on
 * the page tells it from a reply.
 */
const COMMENT_ADDED = [
  'Comments added',
  'Aggiunti commenti',
  'Aomentariile au fost adăugate',
  'Athugasemd bætt við',
  'Comentarios añadidos',
  'Comentaris afegits',
  'Comentários adicionados',
  'Commentaar toegevoegd',
  'Commentaires ajoutés',
  'Iruzkinak gehituta',
  'Komentar dodan',
  'Komentar sudah ditambahkan',
  'Komentarai pridėti',
  'Komentarji so bili dodani',
  'Komentarze zostały dodane',
  'Komentáre pridané',
  'Komentáře přidány',
  'Kommentar hinzugefügt',
  'Kommentarer tilføjet',
  'Kommentarer tillagda',
  'Kommentti lisätty',
  'La til kommentarar',
  'La til kommentarer',
  'Lisati kommentaar',
  'Megjegyzés hozzáadva',
  'Piezīmes pievienotas',
  'Yorumlar eklendi',
  'Τα Σχόλια προστέθηκαν',
  'Добавлен комментарий',
  'Коментари су додати',
  'Коментарите добавени',
  'تم إضافة التعليقات',
  'توضیحات اضافه شد',
  'コメントが追加されました',
  '创建注释完成',
  '新增評論完畢',
];

/** Request Tracker 5: the reply and comment page, which does not show the thread itself. */
export const requestTracker: SiteInput = {
  id: 'request-tracker',
  name: 'Request Tracker',
  version: 2,
  origins: [],
  kind: 'helpdesk',
  testedOn: { app: 'Request Tracker', version: '5.0.3' },
  knownBy: {
    paths: ['/Ticket/Update.html', '/Ticket/Display.html'],
    elements: ['form[name="TicketUpdate"]', '.ticket-info-people'],
  },
  thread: {
    ...transaction,
    internal: { selector: '.metadata .description', words: COMMENT_ADDED },
    page: { insteadOf: '/Ticket/Update.html', path: '/Helpers/TicketHistory', query: 'id' },
  },
  record: [{ title: 'Requestors', selector: '.ticket-info-people .requestors' }],
  composers: [
    { ...form, id: 'update', editor: { frame: 'iframe.cke_wysiwyg_frame' } },
    { ...form, id: 'update-plain', editor: 'textarea#UpdateContent' },
  ],
  delivered: transaction,
};
