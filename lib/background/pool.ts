import { createIndex } from '../provenance/create-index.ts';
import type { Match, MatchInput } from '../provenance/create-index.ts';
import { fingerprint } from '../provenance/fingerprint.ts';
import { createPhraseBook } from '../provenance/known.ts';
import { WORD_RULE } from '../provenance/words.ts';
import type { Store } from '../store/store.ts';

/** How long an output can be recognised, in milliseconds. */
export const POOL_MS = 12 * 3_600_000;

/** A text that stands for an output: what a reviewer made of it. Joined to the output's id by `#`. */
const aliasId = (outputId: string, decisionId: string) => `${outputId}#${decisionId}`;
const outputOf = (id: string) => id.split('#', 1)[0] ?? id;

/** The known outputs, in memory for speed; the database is the truth and refills it after a wake. */
export interface Pool {
  /** Adds an output that was just stored. */
  add(outputId: string, grams: Uint32Array, at: number): Promise<void>;
  /** Adds an edited reply, so that it is still known as that output's when it changes again. */
  addEdited(outputId: string, decisionId: string, text: string, at: number): Promise<void>;
  /** Adds words that people here typed themselves. */
  addOwn(grams: Uint32Array): Promise<void>;
  forget(outputIds: readonly string[]): Promise<void>;
  /** The output that a composer's text comes from; null for a person's own writing. */
  match(input: Omit<MatchInput, 'known'>): Promise<Match | null>;
}

/** A pool that fills itself from the store on first use. */
export function createOutputPool(store: Store, now: () => number): Pool {
  const index = createIndex();
  const own = createPhraseBook();
  let filled: Promise<void> | null = null;

  async function fill(): Promise<void> {
    for (const row of await store.outputsSince(now() - POOL_MS))
      if (row.output.finish !== 'error' && row.wordRule === WORD_RULE)
        index.add(row.id, row.fingerprint, row.at);
    for (const state of ['applied', 'failed', 'unknown'] as const)
      for (const effect of await store.effectsIn(state)) {
        if (effect.act !== 'replace' || effect.at < now() - POOL_MS) continue;
        const item = await store.item(effect.itemId);
        if (item !== undefined)
          index.add(aliasId(item.outputId, effect.decisionId), fingerprint(effect.text), effect.at);
      }
    own.addPhrase(await store.ownGrams());
  }

  const ready = () =>
    (filled ??= fill().catch((error: unknown) => {
      filled = null;
      throw error;
    }));

  return {
    async add(outputId, grams, at) {
      await ready();
      index.add(outputId, grams, at);
    },
    async addEdited(outputId, decisionId, text, at) {
      await ready();
      index.add(aliasId(outputId, decisionId), fingerprint(text), at);
    },
    async addOwn(grams) {
      await ready();
      own.addPhrase(grams);
    },
    async forget(outputIds) {
      await ready();
      for (const id of outputIds) index.remove(id);
    },
    async match(input) {
      await ready();
      const found = index.match({ ...input, known: own });
      return found === null ? null : { ...found, outputId: outputOf(found.outputId) };
    },
  };
}
