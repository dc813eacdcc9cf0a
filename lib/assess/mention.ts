import type { FactKind } from '../domain/assessment.ts';

/** A key under which a value is looked for. A weak one counts only where the context is shared. */
export interface Ask {
  key: string;
  weak: boolean;
}

/** A fact read in a text, before it is compared; offsets into the readable text. */
export interface Mention {
  kind: FactKind;
  start: number;
  end: number;
  /** Normalised value, shown and stored. */
  value: string;
  /** Values of one family can contradict each other, e.g. `amount`, `id:order`. */
  family: string;
  /** Keys under which a mention in a source is found. */
  offers: readonly string[];
  /** Keys by which a mention in the draft is looked for. */
  asks: readonly Ask[];
  /** Why no source can make a link right: it runs code, or its text shows another host. */
  refused?: 'runs-code' | 'shows-other-host';
}

/** A recogniser reads all facts of one sort in a text; linear time, bounded quantifiers only. */
export type Recogniser = (text: string) => Mention[];

export const strong = (key: string): Ask => ({ key, weak: false });
export const weak = (key: string): Ask => ({ key, weak: true });
