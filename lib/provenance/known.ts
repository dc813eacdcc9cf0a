/** Word pairs that the person or the team typed themselves: no evidence of AI text. */
export interface KnownPhrases {
  has(gram: number): boolean;
}

/** Collects known phrases from fingerprints. */
export interface PhraseBook extends KnownPhrases {
  /** Declared as one's own (macro, greeting, signature) or released as a person's own writing. */
  addPhrase(fingerprint: Uint32Array): void;
  /**
   * A reply that went out and matched no output. Its pairs count from the second reply on: what one
   * types again is a phrase, what one typed once is just language.
   */
  addReply(fingerprint: Uint32Array): void;
}

/** How many own replies must carry a pair before it is a phrase. */
const REPLIES_FOR_PHRASE = 2;

/** An empty phrase book. Never add the text of an item that matched: it would blind the match. */
export function createPhraseBook(): PhraseBook {
  const phrases = new Set<number>();
  const replies = new Map<number, number>();
  return {
    has: (gram) => phrases.has(gram) || (replies.get(gram) ?? 0) >= REPLIES_FOR_PHRASE,
    addPhrase(fingerprint) {
      for (const gram of fingerprint) phrases.add(gram);
    },
    addReply(fingerprint) {
      for (const gram of fingerprint) replies.set(gram, (replies.get(gram) ?? 0) + 1);
    },
  };
}
