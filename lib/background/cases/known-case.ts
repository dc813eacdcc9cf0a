import type { ItemCase, Person } from '../../domain/item-case.ts';
import type { CaseReply } from '../../protocol/case.ts';

/** A case as the collector tells it, with names where it gave them. */
export function asKnown(reply: CaseReply, endpoint: string): ItemCase {
  const { case: head, content, resolution } = reply;
  const named = (id: string): Person => ({
    id,
    name: reply.people.find((each) => each.id === id)?.name ?? '',
  });
  return {
    caseId: head.id,
    endpoint,
    author: named(head.author),
    holder: head.holder === null ? null : named(head.holder),
    heldUntil: head.heldUntil,
    dueAt: head.dueAt,
    version: head.version,
    shownHash: '',
    note: content.note,
    answer:
      resolution === null
        ? null
        : {
            decisionId: resolution.decisionId,
            outcome: resolution.outcome,
            by: named(resolution.by),
            at: Date.parse(resolution.at),
            reasons: resolution.reasons,
            note: resolution.note,
            refused: '',
          },
    problem: '',
  };
}
