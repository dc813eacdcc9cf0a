import * as z from 'zod/mini';
import { composerAt, mark, selector, word } from './site-parts.ts';

const optionalSelector = z.optional(selector);

const pathPart = z.string().check(z.maxLength(200), z.regex(/^\/[\w./-]*$/u, 'path'));

/** `https://host[:port]`, `http://…`, or `https://*.host` for a host and all below it. */
const origin = z
  .string()
  .check(z.maxLength(300), z.regex(/^https?:\/\/(?:\*\.)?[^\s/*?#@]+$/u, 'origin'));

/** The conversation that a reply belongs to. */
const thread = z.strictObject({
  each: selector,
  text: optionalSelector,
  /** Parts of it that are the app's words and no text of the message. */
  without: optionalSelector,
  /** A message is the customer's, or the agent's, when it is or holds such an element. */
  author: z.optional(z.strictObject({ customer: optionalSelector, agent: optionalSelector })),
  /** By what a message is known as not for customers. */
  internal: z.optional(mark),
  /**
   * For apps whose reply page does not show it: the page of the same origin that does, read (GET)
   * once per thread. `path` is put in place of the end of the reply page's path that `insteadOf`
   * names; `query` carries the thread key.
   */
  page: z.optional(z.strictObject({ insteadOf: pathPart, path: pathPart, query: word })),
});

/**
 * One supported app as data (docs/sites.md): selectors and named options, never code or
 * expressions. Unknown keys are refused, so that a slip of the pen is seen. Format: docs/sites.md.
 */
export const siteDescription = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(80), z.regex(/^[a-z0-9][a-z0-9-]*$/u, 'id')),
  name: word,
  version: z.int().check(z.gte(1)),
  /** Where the app lives; empty for a shipped description of an app that each team hosts itself. */
  origins: z.array(origin).check(z.maxLength(100)),
  kind: z.enum(['chat', 'helpdesk', 'webmail', 'tool']),
  /** The app and version it was tried on in a real browser; null when it never was. */
  testedOn: z.nullable(z.strictObject({ app: word, version: word })),
  /** By which the app is known where its address says nothing: parts of the path, and elements. */
  knownBy: z.optional(
    z.strictObject({
      paths: z.array(word).check(z.minLength(1)),
      elements: z.array(selector).check(z.minLength(1)),
    }),
  ),
  /** AI answers on screen: the element of each, and in it the text. */
  answers: z.optional(z.strictObject({ each: selector, text: optionalSelector })),
  /** The conversation that a reply belongs to. */
  thread: z.optional(thread),
  /** Facts of the customer or case that the page shows. */
  record: z._default(z.array(z.strictObject({ title: word, selector })).check(z.maxLength(50)), []),
  /** Documents offered beside the draft. */
  sources: z.optional(
    z.strictObject({
      each: selector,
      title: optionalSelector,
      text: optionalSelector,
      /** The element whose `href` is the address. */
      url: optionalSelector,
      /** A source is not for customers when it is or holds such an element. */
      internal: optionalSelector,
    }),
  ),
  composers: z._default(z.array(composerAt).check(z.maxLength(20)), []),
  /** Sent replies as the app shows them afterwards, oldest first. */
  delivered: z.optional(
    z.strictObject({ each: selector, text: optionalSelector, without: optionalSelector }),
  ),
});
export type SiteDescription = z.infer<typeof siteDescription>;

/** A description as written by hand: keys with a default may be left out. */
export type SiteInput = z.input<typeof siteDescription>;
