import { captureOutput } from '../../lib/background/capture-output.ts';
import { checkComposer } from '../../lib/background/check-composer.ts';
import { refuseManaged } from '../../lib/background/refuse-managed.ts';
import { decideItem } from '../../lib/background/decide-item.ts';
import { createOutputPool } from '../../lib/background/pool.ts';
import { releaseHuman } from '../../lib/background/release-human.ts';
import { reviewOutput } from '../../lib/background/review-output.ts';
import { undoDecision } from '../../lib/background/undo-decision.ts';
import type { Worker } from '../../lib/background/worker.ts';
import type { ComposerSnapshot } from '../../lib/domain/composer.ts';
import type { Output } from '../../lib/domain/output.ts';
import type { callWorker } from '../../lib/messaging/client.ts';
import { MessagingError } from '../../lib/messaging/errors.ts';
import type { CallSender } from '../../lib/messaging/serve.ts';
import { randomBytes, traceId, uuid } from '../../lib/platform/random.ts';
import { defaultSettings, type Settings } from '../../lib/settings/catalog.ts';
import type { HeldPolicy } from '../../lib/settings/team-policy.ts';
import type { Me } from '../../lib/settings/team-store.ts';
import { inForce, type InForce } from '../../lib/settings/in-force.ts';
import { policyInForce } from '../../lib/settings/policy-in-force.ts';
import type { Store } from '../../lib/store/store.ts';
import { peopleBench } from './people-bench.ts';
import { teamBench } from './team-bench.ts';
import type { Ticket } from './tickets.ts';

const MINUTE_MS = 60_000;
/** The tab that the stories take for the one beside the panel. */
export const TAB = 7;

/**
 * The real use cases over a real database; only the page at the far end is played: it takes every
 * decision and says what then stands in its reply box.
 */
export function benchWorker(store: Store, now: () => number) {
  const composers = new Map<string, ComposerSnapshot>();
  let managed: Record<string, unknown> = {};
  let stored: Settings = {
    ...defaultSettings(),
    sites: ['desk.example'],
    customSites: [
      {
        id: 'desk',
        name: 'Acme Desk',
        version: 1,
        origins: ['https://desk.example'],
        kind: 'helpdesk',
        testedOn: null,
      },
    ],
    reviewerName: 'Mia',
  };
  let team: { endpoint: string; me: Me } | null = null;
  let held: HeldPolicy | null = null;
  const current = () => inForce(stored, managed, { held, team, now: now() });
  const watchers = new Set<(now: InForce) => void>();
  const calls: { name: string; request: unknown }[] = [];
  const answers = { pageFails: '', callFails: false };

  const worker: Worker = {
    store,
    pool: createOutputPool(store, now),
    get policy() {
      return policyInForce(current());
    },
    settings: () => Promise.resolve(current().settings),
    inForce: () => Promise.resolve(current()),
    callPage: (async (_target: unknown, name: string, request: Record<string, unknown>) => {
      if (name !== 'effect.apply') return {};
      if (answers.pageFails !== '')
        return { state: 'failed', reason: answers.pageFails, dropped: [], bound: null };
      const bound = composers.get(String(request['composerId']))?.bound ?? null;
      const text = request['act'] === 'replace' ? String(request['text']) : bound?.text;
      return {
        state: 'applied',
        reason: '',
        dropped: [],
        bound: bound === null ? null : { ...bound, text },
      };
    }) as Worker['callPage'],
    now,
    uuid,
    traceId,
    randomBytes,
    extensionVersion: '0.1.0',
    committed: () => undefined,
  };
  const sender = (ticket: Ticket): CallSender => ({
    caller: 'content',
    origin: 'https://desk.example',
    tabId: ticket.key === '4833' ? TAB : 3,
    windowId: 1,
    frameId: 0,
    documentId: `document-${ticket.key}`,
  });

  async function capture(ticket: Ticket, tabId = 5): Promise<Output> {
    const output: Output = {
      id: `output-${ticket.key}`,
      text: ticket.answer,
      evidence: ['network', 'dom'],
      finish: 'complete',
      finishDetail: null,
      protocol: 'openai-chat',
      model: 'gpt-5-mini',
      usage: { input: 812, output: 96, total: 908 },
      latency: { firstByteMs: 340, totalMs: 2150 },
      citations: [],
      tokens: null,
      declaredConfidence: null,
      truncated: false,
      at: now(),
      ...ticket.output,
    };
    const chat = { ...sender(ticket), origin: 'https://chat.example', tabId };
    await captureOutput(worker, { output, pageUrl: 'https://chat.example/' }, chat);
    return output;
  }

  /** Puts a text into a ticket's reply box and has it checked, as the page does. */
  async function compose(ticket: Ticket, draft: string): Promise<void> {
    const block = (role: 'body' | 'signature') => (text: string) => ({ text, role });
    const blocks = [
      ...(ticket.before?.split('\n').map(block('body')) ?? []),
      ...draft.split('\n').map(block('body')),
      ...(ticket.after?.split('\n').map(block('signature')) ?? []),
    ];
    const snapshot: ComposerSnapshot = {
      composerId: `composer-${ticket.key}`,
      siteId: 'desk',
      threadKey: ticket.key,
      subject: ticket.subject,
      pageUrl: `https://desk.example/t/${ticket.key}`,
      bound: {
        text: blocks.map((each) => each.text).join('\n'),
        links: [],
        kind: 'reply',
        recipients: ['customer@mail.example'],
        attachments: [],
      },
      blocks,
      context: ticket.sources.map((source, i) => ({
        ...source,
        id: `source-${i}`,
        url: null,
        internal: ticket.internal === true && source.kind === 'source',
        author: source.kind === 'thread' ? 'customer' : 'unknown',
      })),
    };
    composers.set(snapshot.composerId, snapshot);
    await checkComposer(worker, snapshot, sender(ticket));
  }

  /** A ticket's answer streams in a chat and is pasted into its reply box. */
  async function arrive(ticket: Ticket): Promise<void> {
    worker.now = () => now() - ticket.age * MINUTE_MS;
    await capture(ticket);
    await compose(ticket, ticket.answer);
    worker.now = now;
  }

  const people = peopleBench(now);
  const played = teamBench(store);
  const handlers: Record<string, (request: never) => Promise<unknown>> = {
    ...people.handlers,
    ...played.handlers,
    'item.decide': (request) => decideItem(worker, request),
    'item.undo': (request) => undoDecision(worker, request),
    'item.release-human': (request) => releaseHuman(worker, request),
    'output.review': ({ outputId }: { outputId: string }) => reviewOutput(worker, outputId),
    'settings.apply': async ({ values }: { values: Partial<Settings> }) => {
      const { allowed, left } = refuseManaged(values, current());
      stored = { ...stored, ...allowed };
      for (const tell of watchers) tell(current());
      return { problems: left };
    },
    'content.erase': async () => ({ items: 12, texts: 41, refused: false }),
    'sync.test': async () => ({
      ok: false,
      steps: [
        { code: 'address', ok: true, detail: '' },
        { code: 'reached', ok: true, detail: '48 ms' },
        { code: 'permission', ok: true, detail: '' },
        { code: 'token', ok: true, detail: '' },
        { code: 'schema', ok: true, detail: '' },
        { code: 'protocol', ok: true, detail: '' },
        { code: 'clock', ok: true, detail: '0 s' },
        { code: 'echo', ok: false, detail: 'wrong-text' },
      ],
    }),
  };
  const call = (async (name: string, request: never) => {
    calls.push({ name, request });
    if (answers.callFails) throw new MessagingError('timeout', 'no reply');
    return (await handlers[name]?.(request)) ?? {};
  }) as typeof callWorker;

  return {
    worker,
    call,
    calls,
    answers,
    people,
    team: played.team,
    capture,
    compose,
    arrive,
    settings: {
      read: () => Promise.resolve(current()),
      watch(onChange: (now: InForce) => void) {
        watchers.add(onChange);
        return () => watchers.delete(onChange);
      },
      set(values: Partial<Settings>) {
        stored = { ...stored, ...values };
      },
      /** Who the collector says this is. */
      join(me: Me) {
        team = { endpoint: current().settings.syncEndpoint, me };
      },
      /** The policy that the collector signed. */
      sign(policy: HeldPolicy) {
        held = policy;
      },
      /** What the organization sets, as Chrome would hold it. */
      manage(values: Record<string, unknown>) {
        managed = values;
      },
    },
  };
}

/** What the stories play the extension with. */
export type Bench = ReturnType<typeof benchWorker>;
