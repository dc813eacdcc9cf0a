import type { RiskTier } from '../../lib/domain/risk-tier.ts';
import type { CaseStage } from '../../lib/protocol/case-state.ts';
import type { Role } from '../../lib/protocol/team.ts';

/** The PostgreSQL schema that everything of the collector lives in. */
export const SCHEMA = 'countersign';
/** The role that the running collector takes on: it may add to the trail and change nothing in it. */
export const APP_ROLE = 'countersign_app';

/** An organisation. Whoever changes anything of the team locks its row. */
interface OrgRow {
  org: string;
  created_at: string;
  /** The log that the collector itself keeps of it; '' until it is set up. */
  logid: string;
  /** Number of the last item of the feed, 0 before the first. */
  feed_head: number;
}

/** A person. */
export interface MemberRow {
  org: string;
  id: string;
  name: string;
  email: string;
  role: Role;
  active: boolean;
  created_at: string;
}

/** A member's token, known by its hash only. */
export interface TokenRow {
  org: string;
  /** Lower-case hex SHA-256 of the token. */
  hash: string;
  id: string;
  member: string;
  label: string;
  created_at: string;
  /** '' while it is good. */
  revoked_at: string;
}

/** Who a member is at a provider of sign-ins. */
interface IdentityRow {
  org: string;
  issuer: string;
  subject: string;
  member: string;
  /** When the newest token whose role was taken over was made, seconds since 1970. */
  claims_at: number;
  linked_at: string;
}

/** A signing key. */
export interface KeyRow {
  org: string;
  /** `keyIdOf` its public key. */
  id: string;
  public_key: string;
  /** PKCS #8, base64url. */
  private_key: string;
  created_at: string;
}

/** The head of a log: the one row of it that moves. */
interface LogRow {
  org: string;
  logid: string;
  /** −1 while nothing is stored. */
  head_seq: number;
  head_hash: string;
  created_at: string;
  /** Who brought its first event; '' when that was before members were kept. */
  member: string;
}

/** One event. `raw` is the truth; nothing here is ever changed. */
interface EventRow {
  org: string;
  logid: string;
  seq: number;
  hash: string;
  raw: string;
  known: boolean;
  received_at: string;
  /** Whose token brought it; '' when that was before members were kept. */
  member: string;
}

/** What the history is searched by: a projection of `events`, written with them. */
export interface HistoryRow {
  org: string;
  logid: string;
  seq: number;
  /** As the device wrote it, milliseconds since 1970. */
  time: number;
  member: string;
  outcome: string;
  site: string;
  item: string;
}

/** A signed policy, as canonical JSON. */
interface PolicyRow {
  org: string;
  version: number;
  body: string;
  member: string;
  created_at: string;
}

/** Something that devices must hear of. `n` has no gaps and is handed out under the organisation's lock. */
interface FeedRow {
  org: string;
  n: number;
  /** Random: after a restore the same number is another item, and is told apart by it. */
  tag: string;
  /** `all`, `leads`, `member:<id>` or `token:<id>`. */
  audience: string;
  item: string;
}

/** An escalated item. */
export interface CaseRow {
  org: string;
  id: string;
  item_id: string;
  trace_id: string;
  site_id: string;
  author: string;
  tier: RiskTier;
  stage: CaseStage;
  /** '' while nobody holds it. */
  holder: string;
  held_until: number;
  due_at: number | null;
  version: number;
  created_at: string;
}

/** What a lead needs to decide, as JSON. Apart from the case, so that it can be erased. */
interface CaseContentRow {
  org: string;
  case_id: string;
  hash: string;
  content: string;
}

/** The one decision on a case, as JSON. */
interface CaseResolutionRow {
  org: string;
  case_id: string;
  body: string;
}

/** A remark on an event; the organisation's log holds a commitment to it. */
interface CommentRow {
  org: string;
  id: string;
  logid: string;
  seq: number;
  member: string;
  salt: string;
  text: string;
  created_at: string;
}

/** A redacted text of an event. Erasable: the event holds a commitment only. */
interface ContentRow {
  org: string;
  logid: string;
  seq: number;
  field: string;
  commitment: string;
  text: string;
  /** Lower-case hex; '' where the text is not what was committed to. */
  salt: string;
  cut: boolean;
  /** How many of each kind were taken out, as JSON. */
  redactions: string;
  level: string;
  member: string;
  received_at: string;
}

/** A connection test's text, kept for a day. */
interface EchoRow {
  org: string;
  nonce: string;
  at: string;
}

/** The tables. `org` comes first in every key, so that each can be distributed by it. */
export interface Database {
  orgs: OrgRow;
  tokens: TokenRow;
  identities: IdentityRow;
  keys: KeyRow;
  logs: LogRow;
  events: EventRow;
  echoes: EchoRow;
  members: MemberRow;
  history: HistoryRow;
  policies: PolicyRow;
  feed: FeedRow;
  cases: CaseRow;
  case_contents: CaseContentRow;
  case_resolutions: CaseResolutionRow;
  comments: CommentRow;
  contents: ContentRow;
}
