import type { ContentLevel } from '../../lib/domain/content-level.ts';

/** Texts that stand nowhere else, each where something of a person may stand. */
export const CANARIES = {
  draft: 'canary-draft-quokka',
  edited: 'canary-edited-numbat',
  note: 'canary-note-bilby',
  /** A passage that a statement of the draft is supported by. */
  quoted: 'canary-quoted-dunnart',
  /** Of the customer, and shown beside no statement. */
  record: 'canary-record-potoroo',
  recipient: 'canary-recipient-wombat',
  pageUrl: 'canary-page-kowari',
  token: 'canary_token_mulgara',
  /** Of the reviewer at the collector. */
  email: 'canary-email-bettong@team.example',
} as const;
export type Canary = keyof typeof CANARIES;

/** Values that the redactor claims: they leave at no level. */
export const VALUES = [
  '4111 1111 1111 1111',
  '4111111111111111',
  'GB82 WEST 1234 5698 7654 32',
  'wombat.canary@mail.example',
  'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
] as const;

/** What may leave with texts, by level; with events alone nothing may. */
export const MAY_LEAVE: Readonly<Record<ContentLevel, readonly Canary[]>> = {
  ids: [],
  edits: ['edited', 'draft', 'note'],
  full: ['edited', 'draft', 'note', 'quoted'],
};

/** A canary as it may look on its way: as it is, in an address, in base64, in hex. */
export function shapesOf(text: string): string[] {
  const bytes = Buffer.from(text);
  // In base64 a text looks otherwise by where it begins: its inner part is looked for in each place.
  const inBase64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  return [text, encodeURIComponent(text), bytes.toString('hex'), ...inBase64];
}

/** Which of the texts stand in what was written. */
export function foundIn(written: readonly string[], texts: readonly string[]): string[] {
  return texts.filter((text) =>
    shapesOf(text).some((shape) => written.some((each) => each.includes(shape))),
  );
}
