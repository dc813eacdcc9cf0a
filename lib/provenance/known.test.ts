import { describe, expect, it } from 'vitest';
import { fingerprint, gramsOf } from './fingerprint.ts';
import { createPhraseBook } from './known.ts';

const macro = 'Thank you for writing to us';
const holds = (book: { has(gram: number): boolean }) =>
  gramsOf(macro).every((gram) => book.has(gram));

describe('createPhraseBook', () => {
  it('knows a declared phrase at once', () => {
    const book = createPhraseBook();
    expect(holds(book)).toBe(false);
    book.addPhrase(fingerprint(macro));
    expect(holds(book)).toBe(true);
  });

  it('knows a phrase of own replies from the second reply on', () => {
    const book = createPhraseBook();
    book.addReply(fingerprint(`${macro}. ${macro}. The lamp is on its way.`));
    expect(holds(book)).toBe(false);
    book.addReply(fingerprint(`Hello! ${macro}. We shall call you.`));
    expect(holds(book)).toBe(true);
    expect([...gramsOf('the lamp is on its way')].some((gram) => book.has(gram))).toBe(false);
  });
});
