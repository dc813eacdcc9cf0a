// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { GateAction } from '../../domain/gate.ts';
import { isForInputMethod, sendsByKey, type KeyPress } from './keys.ts';
import { strictest } from './judge.ts';

const enter: KeyPress = {
  key: 'Enter',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 13,
};

describe('keys', () => {
  it.each([
    [{}, ['enter'], true],
    [{}, ['ctrl+enter'], false],
    [{ ctrlKey: true }, ['ctrl+enter'], true],
    [{ metaKey: true }, ['ctrl+enter'], true],
    [{ ctrlKey: true }, ['enter'], false],
    [{ shiftKey: true }, ['enter'], false],
    [{ altKey: true }, ['enter'], false],
    [{ key: 'a' }, ['enter', 'ctrl+enter'], false],
  ] as const)('%j with %j sends: %s', (change, keys, sends) => {
    expect(sendsByKey({ ...enter, ...change }, [...keys])).toBe(sends);
  });

  it('knows what an input method takes', () => {
    expect(isForInputMethod(enter)).toBe(false);
    expect(isForInputMethod({ ...enter, isComposing: true })).toBe(true);
    expect(isForInputMethod({ ...enter, keyCode: 229 })).toBe(true);
  });
});

it.each([
  [[], 'pass'],
  [['pass', 'warn'], 'warn'],
  [['check', 'hold', 'pass'], 'hold'],
  [['pass', 'check'], 'check'],
  [['pass-unguarded', 'pass'], 'pass-unguarded'],
] as const)('the strictest of %j is %s', (actions: readonly GateAction[], expected) => {
  expect(strictest(actions)).toBe(expected);
});
