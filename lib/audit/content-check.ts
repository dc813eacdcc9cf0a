import { hexToBytes } from '@noble/hashes/utils.js';
import { commitmentOf, SALT_BYTES } from './commitment.ts';

/** A text that a person could read, with the commitment it is stored under. */
export interface ContentFound {
  commitment: string;
  field: string;
  /** Lower-case hex. */
  salt: string;
  text: string;
}

const SALT_HEX = new RegExp(`^[0-9a-f]{${SALT_BYTES * 2}}$`);

/** Whether a stored text is the one that its commitment was made of. */
function contentMatches(content: ContentFound): boolean {
  const { field, salt, text, commitment } = content;
  if (!SALT_HEX.test(salt) || field.includes('\u0000')) return false;
  return commitmentOf(field, hexToBytes(salt), text) === commitment;
}

/** Texts held against the commitments in entries. Keeps no text. One for all logs of a check. */
export class ContentCheck {
  readonly #fits = new Map<string, boolean>();
  readonly #named = new Set<string>();
  #missing = 0;

  /** Takes a stored text; all of them before the first entry. */
  add(content: ContentFound): void {
    this.#fits.set(content.commitment, contentMatches(content));
  }

  /** An entry names a commitment; false when the text that is stored for it is another one. */
  name(commitment: string): boolean {
    if (this.#named.has(commitment)) return this.#fits.get(commitment) ?? true;
    this.#named.add(commitment);
    const fits = this.#fits.get(commitment);
    if (fits === undefined) this.#missing += 1;
    return fits ?? true;
  }

  /** Texts that match an entry, commitments whose text is not here, texts that no entry names. */
  get counts(): { matching: number; missing: number; unnamed: number } {
    let matching = 0;
    let unnamed = 0;
    for (const [commitment, fits] of this.#fits) {
      if (!this.#named.has(commitment)) unnamed += 1;
      else if (fits) matching += 1;
    }
    return { matching, missing: this.#missing, unnamed };
  }
}
