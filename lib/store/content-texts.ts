import * as z from 'zod/mini';
import { readEvent } from '../audit/event-read.ts';
import type { Assessment } from '../domain/assessment.ts';
import type { KeptText } from '../redact/outgoing.ts';
import type { ContentRow, EventRow } from './rows.ts';
import type { CountersignDb } from './schema.ts';
import { readSeen, SEEN_FIELD } from './seen.ts';

const named = z.optional(z.nullable(z.object({ commitment: z.string() })));
/** The texts that a decision names and that may leave, by the fields of its event. */
const decisionTexts = z.object({ draft: named, edited: named, note: named, seen: named });

/** The texts of a decision that are still here; none for any other entry. */
export async function decisionTextsOf(db: CountersignDb, row: EventRow): Promise<KeptText[]> {
  if (!row.type.startsWith('decision.')) return [];
  const read = readEvent(row.raw);
  const data = decisionTexts.safeParse(read.ok ? read.event.data : null);
  if (!data.success) return [];
  const { draft, edited, note, seen } = data.data;
  const wanted = [draft, edited, note, seen].flatMap((each) => each?.commitment ?? []);
  const rows = await db.contents.bulkGet(wanted);
  return rows.flatMap((found) => (found === undefined ? [] : keptOf(found)));
}

function keptOf({ field, commitment, text, salt }: ContentRow): KeptText[] {
  if (field === 'draft' || field === 'edited' || field === 'note')
    return [{ field, commitment, parts: [text], salt }];
  const parts = field === SEEN_FIELD ? quotesOf(readSeen(text)?.assessment ?? null) : [];
  // The commitment is to all that was seen, so the salt would open nothing.
  return parts.length === 0 ? [] : [{ field: 'quotes', commitment, parts, salt: '' }];
}

/** The passages of sources that were shown beside statements and facts, each once. */
function quotesOf(assessment: Assessment | null): string[] {
  const statements = assessment?.statements.flatMap(({ passage }) => passage?.quote ?? []) ?? [];
  const facts = assessment?.facts.flatMap(({ nearest }) => nearest?.span.quote ?? []) ?? [];
  return [...new Set([...statements, ...facts])];
}
