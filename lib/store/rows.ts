import type { Assessment, Source } from '../domain/assessment.ts';
import type { ContentLevel } from '../domain/content-level.ts';
import type { EventType, StoredEvent } from '../domain/event.ts';
import type { EffectState, ReviewItem } from '../domain/item.ts';
import type { Output } from '../domain/output.ts';
import type { Head } from '../audit/leaf.ts';

/** What an entry of History says happened; only events that have one are shown there. */
export type Outcome =
  | 'approved'
  | 'edited'
  | 'rejected'
  | 'sent-back'
  | 'escalated'
  | 'deferred'
  | 'abstained'
  | 'undone'
  | 'answered'
  | 'overtaken'
  | 'own-text'
  | 'unreviewed'
  | 'drifted';

/** Row of `events`. `outcome` and `shown` are absent for events that History does not list. */
export interface EventRow extends StoredEvent {
  outcome?: Outcome;
  /** 1 so that indices that begin with it hold History's events only. */
  shown?: 1;
}

/** Row of `heads`: one per log of this device. */
export interface HeadRow extends Head {
  /** 1 for the log that is written now; absent for logs before it. */
  current?: 1;
  startedAt: number;
  /** The last entry known of the log before, null for the first log. */
  previous: Head | null;
}

/** Row of `items`. */
export interface ItemRow extends ReviewItem {
  /** Place in the queue, least first; absent once nothing is left to decide. */
  rank?: number;
}

/** A text that a person could read, apart from the trail so that it can be erased. */
export interface ContentRow {
  /** `commitmentOf(field, salt, text)`: what the event names. */
  commitment: string;
  itemId: string;
  /** `draft`, `edited`, `note`, `seen`, … */
  field: string;
  version: number;
  text: string;
  /** Lower-case hex. */
  salt: string;
  at: number;
}

/** Row of `outputs`. */
export interface OutputRow {
  id: string;
  output: Output;
  /** Of `lib/provenance`, so that the index can be rebuilt. */
  fingerprint: Uint32Array;
  /** `WORD_RULE` of the fingerprint; one of another rule matches nothing. */
  wordRule: number;
  at: number;
  tabId: number;
  origin: string;
  pageUrl: string;
}

/** Row of `assessments`: one per version of an item's draft. */
export interface AssessmentRow {
  itemId: string;
  version: number;
  assessment: Assessment;
}

/** Row of `sources`: what the newest version of an item was checked against. */
export interface SourcesRow {
  itemId: string;
  sources: Source[];
}

/** Row of `effects`: one act in the page per decision. */
export interface EffectRow {
  decisionId: string;
  itemId: string;
  /** `effect.apply` act. */
  act: 'release' | 'replace' | 'withdraw' | 'return-to-chat' | 'answer-case';
  state: EffectState;
  /** Machine reason for `failed`, '' otherwise. */
  reason: string;
  dropped: string[];
  /** Text to write for `replace`, the answer as JSON for `answer-case`, '' otherwise. */
  text: string;
  /** True for what a lead decided elsewhere: it waits until the draft's page is open again. */
  waits?: true;
  shownHash: string;
  at: number;
}

/** Row of `caseOutbox`: what the collector has not heard yet of an escalation of this device. */
export interface CaseActRow {
  caseId: string;
  itemId: string;
  /** The collector that it is for. */
  endpoint: string;
  act: 'open' | 'take-back';
  /** What is handed over, as JSON, for `open`; '' otherwise. */
  request: string;
}

/** Row of `cursors`: how far the endpoint has a log. */
export interface CursorRow {
  logid: string;
  /** −1 until the first entry was acknowledged. */
  ackedSeq: number;
  ackedHash: string;
  /** Why nothing of this log is sent any more (`fork`, `envelope-invalid`); absent while it is. */
  stopped?: string;
}

/** Public half of the key that the endpoint signs receipts with, as seen at first contact. */
export interface PinnedKey {
  id: string;
  /** Base64url of the 32 bytes. */
  publicKey: string;
}

/** Row of `receipts`: the endpoint's signed statement that it has a log up to an entry. */
export interface ReceiptRow extends Head {
  /** As received. */
  receipt: string;
  at: number;
}

/** How sending goes; times in milliseconds since 1970. */
export interface SyncState {
  /** Not before this; 0 means now. */
  nextAt: number;
  /** Failures in a row. */
  attempt: number;
  lastProblem: { code: string; detail: string; at: number } | null;
  lastOkAt: number | null;
  /** The endpoint that all this and the cursors are about; '' for none. */
  endpoint: string;
  /** Names endpoint and token together, so that a new token is tried at once; no secret. */
  credential: string;
  collectorKey: PinnedKey | null;
  /** Records that the endpoint refused for good, and that are not sent again. */
  rejected: number;
  /** Entries of a log whose log records were taken while their traces still wait; null for none. */
  logsTaken: { logid: string; seq: number } | null;
}

/** From this entry on texts may leave at this level. */
export interface LevelMark {
  /** '' before the first log. */
  logid: string;
  seq: number;
  level: ContentLevel;
}

/** How sending texts goes, apart from events and never in their way; times in milliseconds since 1970. */
export interface ContentSyncState {
  /** The collector that all this is about; '' for none. */
  endpoint: string;
  /** Oldest first; before the first nothing leaves. */
  marks: readonly LevelMark[];
  /** The last entry of each log whose texts are held there, or that has none to send. */
  sent: readonly { logid: string; seq: number }[];
  nextAt: number;
  attempt: number;
  lastProblem: { code: string; detail: string; at: number } | null;
  lastOkAt: number | null;
  /** Entries whose texts the collector refused for good. */
  refused: number;
}

/** One of the last errors, for Diagnostics. Never holds content. */
export interface ProblemRow {
  id: number;
  at: number;
  code: string;
  detail: string;
}

/** Row of `counters`: numbers kept with each write, because counting rows is slow. */
export interface CounterRow {
  /** `waiting`, `decided:<local day>`. */
  key: string;
  value: number;
}

/** Row of `names`: the people and sites that History can be filtered by. */
export interface NameRow {
  kind: 'person' | 'site';
  name: string;
}

/** Row of `grams`: word pairs that people here typed themselves, and those they sent once so far. */
export interface GramsRow {
  key: 'own' | 'once';
  grams: Uint32Array;
}

/** Event type → what History says. */
export const OUTCOMES: { readonly [Type in EventType]?: Outcome } = {
  'decision.approved': 'approved',
  'decision.edited': 'edited',
  'decision.rejected': 'rejected',
  'decision.sent-back': 'sent-back',
  'decision.escalated': 'escalated',
  'decision.deferred': 'deferred',
  'decision.abstained': 'abstained',
  'decision.undone': 'undone',
  'case.applied': 'answered',
  'case.superseded': 'overtaken',
  'release.human': 'own-text',
  'send.unreviewed': 'unreviewed',
  'delivery.drifted': 'drifted',
};
