import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod/mini';
import { canonicalText } from './canonical.ts';

/** Whether a composer leaves as a public reply or as an internal note. */
export const sendKind = z.enum(['reply', 'note', 'unknown']);
export type SendKind = z.infer<typeof sendKind>;

/** A link in the text: what the reader sees and where it goes. */
export const boundLink = z.object({ text: z.string(), href: z.string() });
export type BoundLink = z.infer<typeof boundLink>;

/**
 * Everything an approval is bound to (docs/architecture.md, promise 1). `null` means that the site does not
 * locate that part, so it cannot be compared, and the panel says so.
 */
export const bound = z.object({
  text: z.string(),
  links: z.array(boundLink),
  kind: sendKind,
  recipients: z.nullable(z.array(z.string())),
  attachments: z.nullable(z.array(z.string())),
});
export type Bound = z.infer<typeof bound>;

/** The part of a `Bound` that differs from another. */
export const boundPart = z.enum(['text', 'links', 'kind', 'recipients', 'attachments']);
export type BoundPart = z.infer<typeof boundPart>;

/** Canonical text, trimmed and sorted lists: two readings of the same composer are equal. */
export function canonicalBound(value: Bound): Bound {
  const list = (items: readonly string[] | null) =>
    items === null
      ? null
      : items
          .map((item) => canonicalText(item).toLowerCase())
          .filter((item) => item !== '')
          .sort();
  return {
    text: canonicalText(value.text),
    links: value.links.map((link) => ({ text: canonicalText(link.text), href: link.href.trim() })),
    kind: value.kind,
    recipients: list(value.recipients),
    attachments: list(value.attachments),
  };
}

/**
 * Lower-case hex SHA-256 of the canonical JSON (RFC 8785) of a bound: of texts in this shape, plain JSON
 * with the keys in order.
 */
export function boundHash(value: Bound): string {
  const { attachments, kind, links, recipients, text } = canonicalBound(value);
  const ordered = links.map((link) => ({ href: link.href, text: link.text }));
  const json = JSON.stringify({ attachments, kind, links: ordered, recipients, text });
  return bytesToHex(sha256(utf8ToBytes(json)));
}

/** Which bound parts differ; empty when what leaves is what was approved. */
export function boundDifferences(approved: Bound, current: Bound): BoundPart[] {
  const a = canonicalBound(approved);
  const b = canonicalBound(current);
  return boundPart.options.filter((part) => JSON.stringify(a[part]) !== JSON.stringify(b[part]));
}

/** A bound whose text is empty: nothing would be sent. */
export function isEmptyBound(value: Bound): boolean {
  return value.text.trim() === '';
}
