import * as z from 'zod/mini';

/**
 * Types of events in the log that a collector keeps of its organisation: who may do what, the policy,
 * and what became of a case. Written by the collector only.
 */
const orgEventType = z.enum([
  'member.added',
  'member.changed',
  'member.linked',
  'member.unlinked',
  'token.minted',
  'token.revoked',
  'policy.published',
  'case.opened',
  'case.claimed',
  'case.released',
  'case.handed-over',
  'case.resolved',
  'case.taken-back',
  'case.attempt-lost',
  'comment.added',
]);
export type OrgEventType = z.infer<typeof orgEventType>;
