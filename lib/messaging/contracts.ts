import * as z from 'zod/mini';
import { bound } from '../domain/bound.ts';
import { contentDays } from '../domain/content-level.ts';
import { composerSnapshot } from '../domain/composer.ts';
import { decisionRequest, refusal } from '../domain/decision.ts';
import { endpointKind } from '../domain/endpoint.ts';
import { output } from '../domain/output.ts';
import { peopleContracts } from './people-contracts.ts';
import { teamContracts } from './team-contracts.ts';
import { contentReplies, nothing, pageRequests } from './page-contracts.ts';

/** Who may call: `content` scripts (claimed, never trusted) or only our own `extension` pages. */
export type Caller = 'content' | 'extension';

const contract = <Request extends z.ZodMiniType, Reply extends z.ZodMiniType>(
  from: Caller,
  request: Request,
  reply: Reply,
) => ({ from, request, reply });

const outcome = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), refusal, detail: z.string() }),
]);

/** Calls to the service worker: name → who may call, request and reply schema. */
export const toWorker = {
  /** A page runtime starts; the reply is its site description (JSON) and effective mode. */
  'page.hello': contract(
    'content',
    z.object({ url: z.string().check(z.maxLength(2000)), top: z.boolean() }),
    contentReplies['page.hello'],
  ),
  'output.captured': contract(
    'content',
    z.object({ output, pageUrl: z.string().check(z.maxLength(2000)) }),
    contentReplies['output.captured'],
  ),
  /** The composer's content changed (debounced), or Send was pressed on content not yet checked. */
  'composer.changed': contract('content', composerSnapshot, contentReplies['composer.changed']),
  /** What the gate did with a press of Send. */
  'send.seen': contract(
    'content',
    z.object({
      /** Names one press of Send, so that a report that comes twice counts once. */
      sendId: z.string().check(z.maxLength(80)),
      composerId: z.string().check(z.maxLength(80)),
      itemId: z.nullable(z.string()),
      action: z.enum(['pass', 'pass-unguarded', 'warn', 'hold']),
      via: z.enum(['click', 'key', 'submit', 'formdata', 'submit-call']),
      bound,
    }),
    contentReplies['send.seen'],
  ),
  /** What was read back after Send: the text that left, from the form body or the thread. */
  'delivery.read': contract(
    'content',
    z.object({
      itemId: z.string(),
      how: z.enum(['form-body', 'request', 'thread', 'none']),
      text: z.nullable(z.string().check(z.maxLength(1_048_576))),
      kind: z.nullable(z.enum(['reply', 'note', 'unknown'])),
    }),
    contentReplies['delivery.read'],
  ),
  /** Something the page runtime could not do; shown in Diagnostics. `coverage-…` codes say what is covered. */
  'page.problem': contract(
    'content',
    z.object({
      code: z.string().check(z.maxLength(60)),
      detail: z.string().check(z.maxLength(500)),
    }),
    contentReplies['page.problem'],
  ),
  /** A click on the pill. The worker opens the panel before anything else. */
  'panel.open': contract(
    'content',
    z.object({ itemId: z.nullable(z.string()) }),
    contentReplies['panel.open'],
  ),

  'item.decide': contract('extension', decisionRequest, outcome),
  'item.undo': contract(
    'extension',
    z.object({ decisionId: z.string(), itemId: z.string() }),
    outcome,
  ),
  /** The held text is a person's own: release it, recorded (Stage 1, point 4). */
  'item.release-human': contract(
    'extension',
    z.object({
      decisionId: z.string(),
      itemId: z.string(),
      version: z.number(),
      shownHash: z.string(),
    }),
    outcome,
  ),
  'item.show-in-page': contract(
    'extension',
    z.object({ itemId: z.string(), quote: z.string() }),
    nothing,
  ),
  /** Makes an item of an output seen in a chat ("Review this"). */
  'output.review': contract(
    'extension',
    z.object({ outputId: z.string() }),
    z.object({ itemId: z.string() }),
  ),
  'settings.apply': contract(
    'extension',
    /** Flat keys of the settings catalog; checked again by it. */
    z.object({ values: z.record(z.string(), z.unknown()), how: z.enum(['form', 'import']) }),
    /** What could not be used: the key, and a code with its parameters for the catalog's sentence. */
    z.object({
      problems: z.array(
        z.object({
          key: z.string(),
          code: z.string(),
          params: z.record(z.string(), z.union([z.string(), z.number()])),
        }),
      ),
    }),
  ),
  'site.register': contract('extension', nothing, nothing),
  'export.made': contract('extension', z.object({ rows: z.number(), format: z.string() }), nothing),
  /** A person asks for old texts to be erased now; refused while the organization keeps them longer. */
  'content.erase': contract(
    'extension',
    z.object({ days: contentDays }),
    z.object({ items: z.number(), texts: z.number(), refused: z.boolean() }),
  ),
  ...peopleContracts,
  ...teamContracts,
  'sync.now': contract('extension', nothing, nothing),
  'sync.test': contract(
    'extension',
    z.object({
      url: z.string(),
      token: z.string(),
      kind: endpointKind,
    }),
    z.object({
      ok: z.boolean(),
      steps: z.array(z.object({ code: z.string(), ok: z.boolean(), detail: z.string() })),
    }),
  ),
} as const;

/** Calls from the worker to one frame's page runtime. */
export const toPage = {
  /** Carry out a decision. Idempotent per `decisionId`. */
  'effect.apply': contract(
    'extension',
    pageRequests['effect.apply'],
    z.object({
      state: z.enum(['applied', 'failed']),
      /** Machine reason for `failed`, '' otherwise. */
      reason: z.string(),
      /** What was dropped, e.g. `links`, `formatting`. */
      dropped: z.array(z.string()),
      /** What stands in the composer now, read back from the editor's model; null when it is gone. */
      bound: z.nullable(bound),
    }),
  ),
  /** Something about this composer's item changed: ask again. */
  'composer.recheck': contract('extension', pageRequests['composer.recheck'], nothing),
  'settings.changed': contract('extension', pageRequests['settings.changed'], nothing),
  'page.highlight': contract(
    'extension',
    pageRequests['page.highlight'],
    z.object({ found: z.boolean() }),
  ),
} as const;

export type ToWorker = typeof toWorker;
export type ToPage = typeof toPage;
export type WorkerCall = keyof ToWorker;
export type PageCall = keyof ToPage;
export type RequestOf<C extends { request: z.ZodMiniType }> = z.infer<C['request']>;
export type ReplyOf<C extends { reply: z.ZodMiniType }> = z.infer<C['reply']>;
