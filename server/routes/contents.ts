import { hexToBytes } from '@noble/hashes/utils.js';
import type { Kysely } from 'kysely';
import { commitmentOf, commitmentsIn } from '../../lib/audit/commitment.ts';
import { readEvent } from '../../lib/audit/event-read.ts';
import {
  contentsQuery,
  contentsReply,
  contentsRequest,
  contentsStored,
  MAX_CONTENTS_BYTES,
  type ContentEntry,
} from '../../lib/protocol/content.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { includesRole } from '../../lib/protocol/team.ts';
import { memberRoute } from '../api/route.ts';
import type { Caller } from '../caller.ts';
import { SCHEMA, type Database } from '../db/schema.ts';
import { Refusal } from '../refusal.ts';

const COLUMNS = [
  ...(['field', 'commitment', 'text', 'salt', 'cut', 'redactions', 'level'] as const),
  'received_at as receivedAt',
] as const;

type Place = { org: string; logid: string };

/** Who began a log; null when it is not held. */
async function ownerOf(db: Kysely<Database>, { org, logid }: Place): Promise<string | null> {
  const row = await db
    .withSchema(SCHEMA)
    .selectFrom('logs')
    .select('member')
    .where('org', '=', org)
    .where('logid', '=', logid)
    .executeTakeFirst();
  return row?.member ?? null;
}

/**
 * Throws unless each entry is held and the caller's own, and each text belongs to a commitment that its
 * entry names.
 */
async function checkNamed(
  db: Kysely<Database>,
  { org, logid }: Place,
  { caller, entries }: { caller: Caller; entries: readonly ContentEntry[] },
): Promise<void> {
  const rows = await db
    .withSchema(SCHEMA)
    .selectFrom('events')
    .select(['seq', 'raw', 'member'])
    .where('org', '=', org)
    .where('logid', '=', logid)
    .where(
      'seq',
      'in',
      entries.map(({ seq }) => seq),
    )
    .execute();
  const held = new Map(rows.map((row) => [row.seq, row]));
  for (const { seq, contents } of entries) {
    const row = held.get(seq);
    if (row === undefined) throw new Refusal('gap');
    // The first text that comes stays: only who brought the entry may say what it was about.
    if (row.member !== caller.id && row.member !== '') throw new Refusal('forbidden');
    const read = readEvent(row.raw);
    const named = new Set(read.ok ? commitmentsIn(read.event.data) : []);
    for (const { field, commitment, salt, text } of contents) {
      if (!named.has(commitment)) throw new Refusal('request-invalid');
      // With a salt it says that it is the very text: then it must be.
      if (salt !== null && commitmentOf(field, hexToBytes(salt), text) !== commitment)
        throw new Refusal('request-invalid');
    }
  }
}

/** Adds what is not held; what is held stays as it came first. Resolves with how many are new. */
async function insert(
  db: Kysely<Database>,
  { org, logid }: Place,
  { caller, entries, receivedAt }: { caller: Caller; entries: ContentEntry[]; receivedAt: string },
): Promise<number> {
  const rows = entries.flatMap(({ seq, level, contents }) =>
    contents.map(({ salt, redactions, ...content }) => ({
      org,
      logid,
      seq,
      level,
      ...content,
      salt: salt ?? '',
      redactions: JSON.stringify(redactions),
      member: caller.id,
      received_at: receivedAt,
    })),
  );
  const added = await db
    .withSchema(SCHEMA)
    .insertInto('contents')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('seq')
    .execute();
  return added.length;
}

/** Redacted texts of entries, apart from the trail: the trail stays whole when they are erased. */
export const contentRoutes = [
  memberRoute({
    id: 'contents.push',
    method: 'POST',
    path: PATHS.contents,
    summary: 'Adds redacted texts of entries that are held',
    least: 'reviewer',
    body: { schema: contentsRequest, max: MAX_CONTENTS_BYTES },
    reply: contentsStored,
    problems: ['gap'],
    async handle({ service, caller, body: { logid, entries } }) {
      const { db, metrics, now } = service;
      const place = { org: caller.org, logid };
      await checkNamed(db, place, { caller, entries });
      const receivedAt = new Date(now()).toISOString();
      const stored = await insert(db, place, { caller, entries, receivedAt });
      metrics.contents(stored);
      return { stored };
    },
  }),
  memberRoute({
    id: 'contents.read',
    method: 'GET',
    path: PATHS.contents,
    summary: 'The texts of an entry that are held: for leads, and for whoever began the log',
    least: 'reviewer',
    query: contentsQuery,
    reply: contentsReply,
    problems: ['not-found'],
    async handle({ service: { db }, caller, query: { logid, seq } }) {
      const { org } = caller;
      const owner = await ownerOf(db, { org, logid });
      if (owner === null || (owner !== caller.id && !includesRole(caller.role, 'lead')))
        throw new Refusal('not-found');
      const rows = await db
        .withSchema(SCHEMA)
        .selectFrom('contents')
        .select(COLUMNS)
        .where('org', '=', org)
        .where('logid', '=', logid)
        .where('seq', '=', seq)
        .orderBy('field')
        .execute();
      return contentsReply.parse({
        contents: rows.map(({ salt, redactions, ...row }) => ({
          ...row,
          salt: salt === '' ? null : salt,
          redactions: JSON.parse(redactions),
        })),
      });
    },
  }),
];
