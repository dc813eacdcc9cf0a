import * as z from 'zod/mini';

/** A CSS selector; the page that runs it says so when the browser cannot parse it. */
export const selector = z.string().check(z.minLength(1), z.maxLength(500));

/** A short name or word from the app: a field name, an attribute, a button's words. */
export const word = z.string().check(z.minLength(1), z.maxLength(120));

const words = z.array(word).check(z.maxLength(50));

/** Where one short value stands: in the page, in the address's query or in its path. */
export const valueFrom = z.union([
  /** Text (or the value of a form control, or one attribute) of the first element found. */
  z.strictObject({ selector, attribute: z.optional(word) }),
  /** A parameter of the query, e.g. `id` in `?id=12`. */
  z.strictObject({ query: word }),
  /** A segment of the path, counted from 0; negative counts from the end. */
  z.strictObject({ path: z.int().check(z.gte(-20), z.lte(20)) }),
]);
export type ValueFrom = z.infer<typeof valueFrom>;

/** The editor element, or the frame (same origin, `about:blank` too) whose body is the editor. */
export const editorAt = z.union([selector, z.strictObject({ frame: selector })]);

/** How an element is known: it matches or holds a match of the selector, or holds a match with one of the words. */
export const mark = z.union([selector, z.strictObject({ selector, words })]);
export type Mark = z.infer<typeof mark>;

/** A control that sends: all elements found, or only those whose visible words begin with one given. */
export const sendControl = z.union([selector, z.strictObject({ selector, words })]);
export type SendControl = z.infer<typeof sendControl>;

/** Whether the composer leaves as public reply or internal note: always one, or by a control. */
export const kindFrom = z.union([
  z.enum(['reply', 'note']),
  z.strictObject({
    /** The form control (select, radio group, checkbox) or element that says so. */
    selector,
    /** Its name in the form body, when the form carries it. */
    field: z.optional(word),
    /** For elements that are no form control: the attribute that holds the value. */
    attribute: z.optional(word),
    reply: words,
    note: words,
  }),
]);
export type KindFrom = z.infer<typeof kindFrom>;

/** What uses the same form or button and yet sends nothing: autosave, preview, "add a file". */
export const notASend = z.strictObject({
  /** Names (or ids) of submit buttons. */
  submitters: z._default(words, []),
  /** First words of what such a button says, e.g. `preview`. */
  words: z._default(words, []),
  /** Fields of the form body that mark a draft; with `value` only that value does. */
  fields: z._default(
    z.array(z.strictObject({ name: word, value: z.optional(z.string()) })).check(z.maxLength(20)),
    [],
  ),
});
export type NotASend = z.infer<typeof notASend>;

/** One place to write in. */
export const composerAt = z.strictObject({
  /** Distinguishes the composers of one site, e.g. `reply`. */
  id: word,
  editor: editorAt,
  /** `assistant`: a prompt to an AI, never held; it takes text that a reviewer sends back. */
  to: z._default(z.enum(['person', 'assistant']), 'person'),
  send: z._default(z.array(sendControl).check(z.maxLength(20)), []),
  /** Keys in the editor that send. Enter in a form's one-line fields is always watched. */
  keys: z._default(z.array(z.enum(['enter', 'ctrl+enter'])), []),
  /** The form that carries the text; by default the one around the editor. */
  form: z.optional(selector),
  /** The name under which the text stands in the form body. */
  field: z.optional(word),
  kind: z._default(kindFrom, 'reply'),
  subject: z.optional(valueFrom),
  threadKey: z.optional(valueFrom),
  /** Elements or form controls that name who gets it; absent means: not located. */
  recipients: z.optional(z.array(selector).check(z.maxLength(20))),
  /** Elements or file inputs that name what is attached; absent means: not located. */
  attachments: z.optional(z.array(selector).check(z.maxLength(20))),
  /** Inside the editor. */
  signature: z.optional(selector),
  quote: z.optional(selector),
  notASend: z._default(notASend, { submitters: [], words: [], fields: [] }),
});
export type ComposerAt = z.infer<typeof composerAt>;
