import { describe, expect, it } from 'vitest';
import { extractFacts } from '../../lib/assess/extract-facts.ts';
import { readable } from '../../lib/assess/readable.ts';
import { SENTENCES } from './sentences.ts';

describe('facts of support sentences', () => {
  it('covers at least 120 sentences', () => {
    expect(new Set(SENTENCES.map(([text]) => text)).size).toBeGreaterThanOrEqual(120);
  });

  it.each(SENTENCES.map(([text, ...facts]) => ({ text, facts })))('$text', ({ text, facts }) => {
    const found = extractFacts(readable(text).text);
    expect(found.map(({ kind, value }) => `${kind} ${value}`)).toEqual(facts);
  });
});
