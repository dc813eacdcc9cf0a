import * as z from 'zod/mini';
import { bound, sendKind } from './bound.ts';
import { draftRange } from './composer.ts';
import { reasonCode, verb } from './decision.ts';
import { itemCase } from './item-case.ts';
import { riskTier } from './risk-tier.ts';

/** Where an item stands. Derived from events; the row is a projection that can be rebuilt. */
export const itemState = z.enum([
  'pending',
  'approved',
  'rejected',
  'sent-back',
  'escalated',
  'deferred',
  'abstained',
  'delivered',
  'superseded',
  'withdrawn',
]);
export type ItemState = z.infer<typeof itemState>;

/** States in which a person still has something to decide. */
export const OPEN_STATES: readonly ItemState[] = ['pending', 'escalated', 'deferred'];

/** What happened in the page after a decision. */
export const effectState = z.enum(['none', 'pending', 'applied', 'failed', 'unknown']);
export type EffectState = z.infer<typeof effectState>;

/** What is known of the sending. */
export const deliveryState = z.enum(['not-sent', 'match', 'drifted', 'unseen']);

/** Where the composer of an item is, in this browser session; null once its tab is gone. */
export const itemPlace = z.object({
  tabId: z.number(),
  frameId: z.number(),
  documentId: z.string(),
  composerId: z.string(),
});
export type ItemPlace = z.infer<typeof itemPlace>;

/** The unit of work in the queue. */
export const reviewItem = z.object({
  id: z.string(),
  /**
   * `draft` sits in a composer; `answer` came from *Review this* and holds nothing; `case` is a colleague's
   * draft, handed to the leads.
   */
  kind: z.enum(['draft', 'answer', 'case']),
  siteId: z.string(),
  origin: z.string(),
  threadKey: z.string(),
  subject: z.string(),
  pageUrl: z.string(),
  state: itemState,
  tier: riskTier,
  /** Trace id of the whole life of the item (W3C, 32 hex digits). */
  traceId: z.string(),
  outputId: z.string(),
  /** Evidence for the match: share of the draft's word pairs known from the output, 0 to 1. */
  matchShare: z.number(),
  /** 1, 2, 3 …: rises with each change of the draft; decisions name the version they saw. */
  version: z.number(),
  bound,
  boundHash: z.string(),
  sendKind,
  range: draftRange,
  /** The draft as it stands in the composer now (blocks of `range`). */
  draft: z.string(),
  place: z.nullable(itemPlace),
  /** The last decision, if any. */
  decision: z.nullable(
    z.object({
      decisionId: z.string(),
      verb,
      reasons: z.array(reasonCode),
      by: z.string(),
      at: z.number(),
      /** Exactly what may be sent, and its `boundHash`; null when nothing may. */
      released: z.nullable(bound),
      releasedHash: z.nullable(z.string()),
      deferUntil: z.nullable(z.number()),
    }),
  ),
  effect: effectState,
  effectDetail: z.string(),
  delivery: deliveryState,
  /** Set once Send was let through: what left, and by what it was read back so far. */
  sent: z.nullable(
    z.object({
      at: z.number(),
      bound,
      readBack: z.enum(['none', 'form-body', 'request', 'thread']),
    }),
  ),
  /** A person said that this draft is their own writing. */
  ownText: z.boolean(),
  /** The press of Send that was recorded last, '' before the first. */
  lastSend: z.string(),
  /** Of an item that leads of the team decide or decided; absent for all others. */
  case: z.optional(itemCase),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type ReviewItem = z.infer<typeof reviewItem>;
