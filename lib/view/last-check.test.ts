import { describe, expect, test } from 'vitest';
import { keepLastCheck, readLastCheck } from './last-check.ts';

describe('last check', () => {
  test('is read as it was kept', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    expect(readLastCheck(storage)).toBeNull();
    const check = { at: 5, heads: [{ logid: 'l', seq: 3, hash: 'ab' }] };
    keepLastCheck(storage, check);
    expect(readLastCheck(storage)).toEqual(check);
  });

  test('what is no check is none: then everything is read', () => {
    for (const text of ['{', '[]', '{"at":"x","heads":[]}', '{"at":1,"heads":[{"seq":1}]}'])
      expect(readLastCheck({ getItem: () => text })).toBeNull();
  });
});
