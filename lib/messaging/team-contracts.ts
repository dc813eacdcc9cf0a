import * as z from 'zod/mini';
import { contentsReply } from '../protocol/content.ts';
import {
  commentsReply,
  comment,
  historyOutcome,
  historyReply,
  newComment,
} from '../protocol/history.ts';
import { eventsReply, logHeadReply } from '../protocol/messages.ts';
import { idField } from '../protocol/team.ts';
import { call, told } from './people-contracts.ts';

/** Calls about the team's work: cases, and the history that the collector keeps of all. */
export const teamContracts = {
  /** Takes a colleague's case, gives it back, or hands it to another lead. `why`: '' when done. */
  'case.act': call(
    z.object({
      itemId: z.string(),
      act: z.enum(['claim', 'release', 'hand-over']),
      to: z.union([idField, z.literal('')]),
    }),
    z.object({ why: z.string() }),
  ),
  /** Asks the collector what is new, because a person looks. */
  'team.look': call(z.object({}), z.object({})),
  /** One page of the team's history, newest first; absent parts narrow nothing. */
  'team.history': call(
    z.object({
      member: z.optional(idField),
      outcome: z.optional(historyOutcome),
      site: z.optional(z.string()),
      item: z.optional(z.string()),
      cursor: z.optional(z.string()),
    }),
    told(historyReply),
  ),
  /** The last entry of a log as the collector keeps it. */
  'team.head': call(z.object({ logid: z.string() }), told(logHeadReply)),
  /** The texts of an entry that the collector holds, redacted as the policy says. */
  'team.texts': call(z.object({ logid: z.string(), seq: z.int() }), told(contentsReply)),
  /** One page of a log as the collector keeps it, for an audit. */
  'team.log': call(z.object({ logid: z.string(), from: z.int() }), told(eventsReply)),
  'comments.list': call(z.object({ logid: z.string(), seq: z.int() }), told(commentsReply)),
  'comments.add': call(newComment, told(comment)),
} as const;
