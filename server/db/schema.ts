/** The PostgreSQL schema that everything of the collector lives in. */
export const SCHEMA = 'countersign';
/** The role that the running collector takes on: it may add to the trail and change nothing in it. */
export const APP_ROLE = 'countersign_app';

/** An organisation. Its row is locked while it is set up. */
interface OrgRow {
  org: string;
  created_at: string;
}

/** An organisation's token, known by its hash only. */
interface TokenRow {
  org: string;
  /** Lower-case hex SHA-256 of the token. */
  hash: string;
  role: 'admin';
  created_at: string;
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
  keys: KeyRow;
  logs: LogRow;
  events: EventRow;
  echoes: EchoRow;
}
