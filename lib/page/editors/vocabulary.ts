/**
 * What editors and mail programs leave in a composer, as data: general names of libraries and
 * mail programs, never of one app. An app's own marks stand in its site description.
 */

/** Elements whose text no reader of a reply ever sees. */
export const UNSEEN = 'style,script,template,head,title';

/** Controls and embedded things: in a page they are the app's, in a reply they leave with it. */
export const CONTROLS = 'svg,iframe,object,button,select,textarea,input,noscript';

/**
 * Parts of an editor that never leave with the text, by the root in which they are that and nothing
 * else: caret fillers, handles, placeholders.
 */
export const FURNITURE: readonly (readonly [root: string, parts: string])[] = [
  [
    '.ProseMirror',
    '.ProseMirror-trailingBreak,.ProseMirror-separator,.ProseMirror-widget,.ProseMirror-gapcursor',
  ],
  [
    '.cke_editable',
    '[data-cke-bogus],[data-cke-temp],[data-cke-hidden-sel],.cke_widget_drag_handler_container',
  ],
  ['.ck-editor__editable', '[data-cke-filler]'],
  ['.mce-content-body', '[data-mce-bogus="all"]'],
  ['[data-slate-editor]', '[data-slate-placeholder]'],
  ['[data-lexical-editor]', '[data-lexical-decorator-placeholder]'],
  ['.ql-editor', '.ql-cursor,.ql-clipboard,.ql-tooltip'],
];

/** Editors that send what their model holds: controls and hidden parts in them are their own. */
export const MODELLED =
  '.ProseMirror,.ck-editor__editable,[data-slate-editor],[data-lexical-editor],.ql-editor,trix-editor';

/** Elements that hold quoted mail. No sibling selectors: they make reading quadratic. */
export const QUOTES = [
  'blockquote',
  '[type="cite"]',
  '.gmail_quote',
  '.gmail_attr',
  '.moz-cite-prefix',
  '.moz-forward-container',
  '.yahoo_quoted',
  '.protonmail_quote',
  '.zmail_extra',
  '#OLK_SRC_BODY_SECTION',
].join(',');

/** Marks that Outlook puts above an older message: from there on everything is quoted. */
export const OLDER_BELOW = '#divRplyFwdMsg, #appendonsend, .OutlookMessageHeader';

/** Elements that hold the writer's signature. */
export const SIGNATURES = [
  '.gmail_signature',
  '.gmail_signature_prefix',
  '.moz-signature',
  '.protonmail_signature_block',
  '#Signature',
  '[data-smartmail="gmail_signature"]',
].join(',');

/** Used only where the browser computes no style, e.g. in an iframe that is not rendered. */
export const BLOCK_TAGS = new Set(
  (
    'address article aside blockquote body center dd details div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot ' +
    'th thead tr ul'
  ).split(' '),
);

/** Formatting that plain text cannot carry: tag → the name under which it is reported. */
export const FORMATTING: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  s: 'strike',
  del: 'strike',
  strike: 'strike',
  code: 'code',
  pre: 'code',
  h1: 'headings',
  h2: 'headings',
  h3: 'headings',
  h4: 'headings',
  h5: 'headings',
  h6: 'headings',
  li: 'lists',
  td: 'tables',
  th: 'tables',
  font: 'style',
  img: 'images',
};

/**
 * Editors in which one line break of pasted text stays inside the paragraph and a blank line
 * begins a new one; in all others each line break begins a new paragraph.
 */
export const BLANK_LINE_IS_PARAGRAPH = '.cke_editable, .ck-editor__editable, .mce-content-body';

/**
 * Editors that are also given HTML: with plain text only, the new text takes over a link or bold
 * type that the old one began with. In others (Slate, Trix) HTML does harm.
 */
export const TAKES_HTML = '.ProseMirror, .cke_editable';
