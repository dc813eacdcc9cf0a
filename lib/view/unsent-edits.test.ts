import { beforeEach, describe, expect, test } from 'vitest';
import { unsentEdits, type EditStorage } from './unsent-edits.ts';

class Memory implements EditStorage {
  readonly rows = new Map<string, string>();
  full = false;
  get length() {
    return this.rows.size;
  }
  key(index: number) {
    return [...this.rows.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.rows.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.rows.set(key, value);
  }
  removeItem(key: string) {
    this.rows.delete(key);
  }
}

const edit = { version: 2, base: 'Hello', text: 'Hello there', at: 1_000 };

describe('unsent edits', () => {
  let memory: Memory;
  beforeEach(() => {
    memory = new Memory();
  });

  test('are read back as written, by item, until dropped', () => {
    const edits = unsentEdits(memory);
    expect(edits.write('a', edit)).toBe(true);
    expect(unsentEdits(memory).read('a')).toEqual(edit);
    expect(edits.read('b')).toBeNull();
    edits.drop('a');
    expect(edits.read('a')).toBeNull();
  });

  test('a full device is said, never thrown', () => {
    memory.full = true;
    expect(unsentEdits(memory).write('a', edit)).toBe(false);
  });

  test('what is not an edit counts as none', () => {
    memory.setItem('countersign.edit.a', '{"text":1}');
    memory.setItem('countersign.edit.b', '{cut');
    expect(unsentEdits(memory).read('a')).toBeNull();
    expect(unsentEdits(memory).read('b')).toBeNull();
  });

  test('old ones are swept, all of them, and nothing else', () => {
    const edits = unsentEdits(memory);
    for (const id of ['a', 'b', 'c']) edits.write(id, edit);
    const later = 1_000 + 15 * 24 * 3_600_000;
    edits.write('fresh', { ...edit, at: later });
    memory.setItem('other', 'kept');
    edits.sweep(later);
    expect([...memory.rows.keys()]).toEqual(['countersign.edit.fresh', 'other']);
  });
});
