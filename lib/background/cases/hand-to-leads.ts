import type { Assessment, Source } from '../../domain/assessment.ts';
import type { DecisionRequest } from '../../domain/decision.ts';
import type { ReviewItem } from '../../domain/item.ts';
import type { Decider } from '../../domain/transitions.ts';
import type { CaseContent, NewCase } from '../../protocol/case.ts';
import { MAX_CASE_BYTES } from '../../protocol/limits.ts';
import type { InForce } from '../../settings/in-force.ts';
import type { TrailTx } from '../../store/trail-tx.ts';

const HOUR_MS = 60 * 60_000;
/** Longest subject that is handed over (`caseShown`). */
const MAX_SUBJECT = 500;
const encoder = new TextEncoder();

/** Whether Escalate hands the item to the leads at the collector, or only says so on this device. */
export function isHandedOver({ settings }: InForce, by: Decider): boolean {
  return by.id !== '' && settings.shareCases;
}

/**
 * Hands an escalated item to the leads: keeps what they need to decide, to be sent once the transaction is
 * done, and gives the item that waits for them. The id of the decision is the case's.
 */
export async function handToLeads(
  tx: TrailTx,
  item: ReviewItem,
  request: DecisionRequest,
  by: Decider,
  { settings, at }: { settings: InForce['settings']; at: number },
): Promise<ReviewItem> {
  const dueAt = settings.caseDueHours === 0 ? null : at + settings.caseDueHours * HOUR_MS;
  const assessment = (await tx.assessments.get(item.id, item.version)) ?? null;
  const opening: NewCase = {
    id: request.decisionId,
    itemId: item.id,
    traceId: item.traceId,
    siteId: item.siteId,
    tier: item.tier,
    dueAt,
    content: contentOf(item, assessment, await tx.sources.get(item.id), request.note),
  };
  await tx.caseOutbox.put({
    caseId: request.decisionId,
    itemId: item.id,
    endpoint: settings.syncEndpoint,
    act: 'open',
    request: JSON.stringify(opening),
  });
  return {
    ...item,
    case: {
      caseId: request.decisionId,
      endpoint: settings.syncEndpoint,
      author: { id: by.id, name: by.name },
      holder: null,
      heldUntil: null,
      dueAt,
      version: 0,
      shownHash: item.boundHash,
      note: request.note,
      answer: null,
      problem: '',
    },
  };
}

/** What stood on the author's screen; when it is more than a case may hold, the longest sources give way. */
function contentOf(
  item: ReviewItem,
  assessment: Assessment | null,
  sources: readonly Source[],
  note: string,
): CaseContent {
  const kept = sources.map((source) => ({ ...source }));
  const content: CaseContent = {
    draft: item.draft,
    sources: kept,
    facts: assessment?.facts ?? [],
    note,
    shown: {
      bound: item.bound,
      subject: item.subject.slice(0, MAX_SUBJECT),
      threadKey: item.threadKey,
      origin: item.origin,
      confidence: assessment?.confidence ?? null,
      gate: assessment?.gate.slice(0, 100) ?? [],
    },
  };
  const isTooLarge = () => encoder.encode(JSON.stringify(content)).length > MAX_CASE_BYTES;
  while (isTooLarge()) {
    const longest = kept.toSorted((a, b) => b.text.length - a.text.length)[0];
    if (longest === undefined || longest.text === '') break;
    longest.text = longest.text.length > 2000 ? longest.text.slice(0, longest.text.length / 2) : '';
  }
  return content;
}
