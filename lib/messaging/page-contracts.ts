import * as z from 'zod/mini';
import { mode, verdict } from '../domain/gate.ts';

/**
 * What a content script checks: replies to the calls it may make, and calls that it serves. Apart from
 * the other half of the contracts, so that a page's bundle does not carry what only the worker checks.
 */

/** A reply or request that says nothing. */
export const nothing = z.object({});

/** The reply to each call that a content script may make. */
export const contentReplies = {
  /** The frame's site description (JSON) and effective mode. */
  'page.hello': z.object({
    site: z.nullable(z.unknown()),
    mode,
    /** Replies sent from this tab and origin, newest first, whose delivery was not read back yet. */
    awaiting: z.optional(
      z.array(z.object({ itemId: z.string(), text: z.string() })).check(z.maxLength(20)),
    ),
  }),
  'output.captured': nothing,
  'composer.changed': verdict,
  'send.seen': nothing,
  'delivery.read': nothing,
  'page.problem': nothing,
  'panel.open': nothing,
} as const;

/** The request of each call that a page's runtime serves. */
export const pageRequests = {
  'effect.apply': z.object({
    decisionId: z.string(),
    itemId: z.string(),
    composerId: z.string(),
    /** `release`: let exactly `shownHash` leave. `replace`: write `text` over the draft's range first. */
    act: z.enum(['release', 'replace', 'withdraw', 'return-to-chat']),
    shownHash: z.string(),
    range: z.object({ firstBlock: z.number(), lastBlock: z.number() }),
    text: z.string(),
  }),
  'composer.recheck': z.object({ composerId: z.string() }),
  /** The site's description or mode may be another now: say hello again. */
  'settings.changed': nothing,
  'page.highlight': z.object({ quote: z.string() }),
} as const;

/** A call that a content script may make. */
export type ContentCall = keyof typeof contentReplies;
