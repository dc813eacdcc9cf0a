import type { RiskTier } from '../../lib/domain/risk-tier.ts';
import { tokensOf, type Reply } from '../../scripts/lib/model-server/reply.ts';

/** One message of a thread; `at` is a time as the helpdesk shows it. */
export interface Message {
  from: 'customer' | 'agent';
  author: string;
  at: string;
  text: string;
}

/** An article of the knowledge base; an internal one is for agents only. */
export interface Article {
  title: string;
  /** Null for an internal one, which has no public address. */
  url: string | null;
  text: string;
  internal: boolean;
}

/** A statement that has to be flagged, by words of its fact. */
interface ExpectedFlag {
  status: 'contradicted' | 'unsupported';
  /** The fact as it stands in the draft. */
  fact: string;
  /** The true value, as the source writes it; null where no source speaks of it. */
  nearest: string | null;
}

/** What a reviewer has to be shown: all of it, and nothing else. */
export interface Expected {
  tier: RiskTier;
  flags: readonly ExpectedFlag[];
  /** Ids of the policy's rules that hold. */
  rules: readonly string[];
  /** True when the draft uses a source that is not for customers. */
  internal: boolean;
}

/** One ticket of the support day, with the draft that the model gives for it. */
export interface Ticket {
  id: string;
  subject: string;
  customer: { name: string; email: string };
  thread: readonly Message[];
  /** What the shop knows of the case: label and value, in order. */
  record: Readonly<Record<string, string>>;
  articles: readonly Article[];
  draft: Reply;
  /** The known fault of the draft in a few words; '' when it is right. */
  fault: string;
  expected: Expected;
}

/** A draft that is right: nothing is flagged and no rule asks for more than a look. */
export const RIGHT: Expected = { tier: 'low', flags: [], rules: [], internal: false };

/** What one fact that differs from the sources asks for. */
export const contradicted = (fact: string, nearest: string): Expected => ({
  tier: 'high',
  flags: [{ status: 'contradicted', fact, nearest }],
  rules: ['fact-contradicted'],
  internal: false,
});

/** A message of the customer; the thread begins with one. */
export const asked = (author: string, at: string, text: string): Message => ({
  from: 'customer',
  author,
  at,
  text,
});

/** An earlier reply of the shop. */
export const answered = (author: string, at: string, text: string): Message => ({
  from: 'agent',
  author,
  at,
  text,
});

/** Log probabilities of a text whose model was sure of every word but one. */
export const sureExcept = (text: string, word: string, probability: number): readonly number[] =>
  tokensOf(text).map((token) => (token.includes(word) ? Math.log(probability) : -0.02));
