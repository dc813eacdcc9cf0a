import type { ContentLevel } from '../domain/content-level.ts';
import type { ContentEntry } from '../protocol/content.ts';
import { outgoingOf, type KeptText } from '../redact/outgoing.ts';

/**
 * The texts of one entry as they travel; null when none leaves. What the screens show as "sent" is made
 * here too. Throws what the redactor throws.
 */
export function contentEntryOf(
  { seq, level, texts }: { seq: number; level: ContentLevel; texts: readonly KeptText[] },
  outgoing: typeof outgoingOf = outgoingOf,
): ContentEntry | null {
  if (level === 'ids') return null;
  const contents = outgoing(level, texts);
  return contents.length === 0 ? null : { seq, level, contents };
}
