import * as z from 'zod/mini';
import { source, type Assessment, type Source } from '../../domain/assessment.ts';
import { boundHash, canonicalBound } from '../../domain/bound.ts';
import { caseShown } from '../../domain/item-case.ts';
import type { ReviewItem } from '../../domain/item.ts';
import { riskTier, type RiskTier } from '../../domain/risk-tier.ts';
import type { CaseReply } from '../../protocol/case.ts';
import type { TrailTx } from '../../store/trail-tx.ts';
import { assessDraft } from '../assess-draft.ts';
import { asKnown } from './known-case.ts';
import type { Worker } from '../worker.ts';
import { ownEnv } from '../worker.ts';

/** Most sources of one case that are kept. */
const MAX_SOURCES = 200;

const higher = (a: RiskTier, b: RiskTier): RiskTier =>
  riskTier.options.indexOf(a) >= riskTier.options.indexOf(b) ? a : b;

/** The state of a colleague's case here; what this person decided about it stays decided. */
function stateOf({ case: head }: CaseReply, held: ReviewItem | undefined): ReviewItem['state'] {
  if (held !== undefined && held.state !== 'pending') return held.state;
  if (head.status === 'resolved') return 'superseded';
  return head.status === 'taken-back' ? 'withdrawn' : 'pending';
}

/**
 * Takes a colleague's escalation into this lead's queue, or what became of it. Its content is another
 * person's word: whatever is not in shape is left out, and the draft is checked again here, against the
 * sources that came with it and by this device's rules; the higher of both tiers holds.
 */
export async function takeCase(worker: Worker, reply: CaseReply, endpoint: string): Promise<void> {
  const { case: head, content } = reply;
  const shown = caseShown.safeParse(content.shown);
  if (!shown.success) {
    await worker.store.addProblem({ at: worker.now(), code: 'case-unreadable', detail: head.id });
    return;
  }
  await worker.store.commit(ownEnv(worker), async (tx) => {
    const held = await tx.items.get(head.id);
    const isOver = head.status === 'resolved' || head.status === 'taken-back';
    if (held === undefined && isOver) return;
    if (held !== undefined && held.kind !== 'case') return;
    const at = worker.now();
    const bound = canonicalBound(shown.data.bound);
    const hash = boundHash(bound);
    const known = { ...asKnown(reply, endpoint), shownHash: hash };
    if (held !== undefined) {
      await tx.items.put({ ...held, state: stateOf(reply, held), case: known, updatedAt: at });
      return;
    }
    const sources = content.sources.slice(0, MAX_SOURCES).flatMap((each) => {
      const read = z.safeParse(source, each);
      return read.success ? [read.data] : [];
    });
    const item: ReviewItem = {
      id: head.id,
      kind: 'case',
      siteId: head.siteId,
      origin: shown.data.origin,
      threadKey: shown.data.threadKey,
      subject: shown.data.subject,
      pageUrl: '',
      state: 'pending',
      tier: head.tier,
      traceId: head.traceId,
      outputId: '',
      matchShare: 1,
      version: 1,
      bound,
      boundHash: hash,
      sendKind: bound.kind,
      range: { firstBlock: 0, lastBlock: 0 },
      draft: content.draft,
      place: null,
      decision: null,
      effect: 'none',
      effectDetail: '',
      delivery: 'not-sent',
      sent: null,
      ownText: false,
      lastSend: '',
      case: known,
      createdAt: Date.parse(head.createdAt),
      updatedAt: at,
    };
    await put(worker, tx, item, sources, shown.data);
  });
  worker.committed();
}

async function put(
  worker: Worker,
  tx: TrailTx,
  item: ReviewItem,
  context: readonly Source[],
  theirs: z.infer<typeof caseShown>,
): Promise<void> {
  const { assessment: own, sources } = assessDraft(worker, {
    draft: item.draft,
    matchShare: item.matchShare,
    context,
    links: item.bound.links,
    kind: item.sendKind,
    output: null,
  });
  const here = new Set(own.gate.map((line) => `${line.ruleId} ${line.statement}`));
  const also = theirs.gate.filter((line) => !here.has(`${line.ruleId} ${line.statement}`));
  const tier = higher(own.tier, item.tier);
  const assessment: Assessment = {
    ...own,
    tier,
    gate: [...own.gate, ...also],
    // The wire that it was read from was the author's.
    confidence: theirs.confidence ?? own.confidence,
  };
  await tx.items.put({ ...item, tier });
  await tx.assessments.put(item.id, item.version, assessment);
  await tx.sources.put(item.id, sources);
}

/** A lead's rights here ended: the texts of colleagues who still wait leave this device at once. */
export async function dropCases(worker: Worker): Promise<void> {
  const items = (await worker.store.openCases()).filter(({ kind }) => kind === 'case');
  if (items.length === 0) return;
  await worker.store.commit(ownEnv(worker), async (tx) => {
    for (const item of items) {
      const bound = { ...item.bound, text: '', links: [] };
      const { case: of } = item;
      await tx.items.put({
        ...item,
        state: 'withdrawn',
        draft: '',
        subject: '',
        bound,
        boundHash: boundHash(bound),
        ...(of === undefined ? {} : { case: { ...of, note: '' } }),
        updatedAt: worker.now(),
      });
      await tx.sources.put(item.id, []);
      const none = assessDraft(worker, {
        draft: '',
        matchShare: 0,
        context: [],
        links: [],
        kind: item.sendKind,
        output: null,
      });
      await tx.assessments.put(item.id, item.version, none.assessment);
    }
  });
  worker.committed();
}
