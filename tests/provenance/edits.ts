import { pick } from './random.ts';

/** Drops, replaces or adds a word at `share` of a text's words, each kind equally often. */
export function edited(
  text: string,
  share: number,
  vocabulary: readonly string[],
  random: () => number,
): string {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const count = Math.round(words.length * share);
  const places = new Set<number>();
  while (places.size < count) places.add(Math.floor(random() * words.length));
  return words
    .flatMap((word, at) => {
      if (!places.has(at)) return [word];
      const kind = Math.floor(random() * 3);
      if (kind === 0) return [];
      return kind === 1 ? [pick(vocabulary, random)] : [word, pick(vocabulary, random)];
    })
    .join(' ');
}

/** Cuts a text into `count` blocks of about the same number of words, at sentence ends if it can. */
export function inBlocks(text: string, count: number): string[] {
  const sentences = text.split(/(?<=[.!?])\s+/u).filter((part) => part !== '');
  const units = sentences.length >= count ? sentences : text.split(/\s+/u);
  const size = Math.ceil(units.length / count);
  return Array.from({ length: count }, (_, i) =>
    units.slice(i * size, (i + 1) * size).join(' '),
  ).filter((block) => block !== '');
}

/** The first `count` words of texts taken at random, as a person's own paragraph. */
export function ownText(texts: readonly string[], count: number, random: () => number): string {
  const words: string[] = [];
  while (words.length < count) words.push(...pick(texts, random).split(/\s+/u));
  return words.slice(0, count).join(' ');
}
