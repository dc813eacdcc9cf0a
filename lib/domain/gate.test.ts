import { expect, test } from 'vitest';
import { gateAction } from './gate.ts';
import type { GateAction, Mode, Verdict } from './gate.ts';

const item = (status: 'undecided' | 'approved' | 'changed' | 'escalated' | 'refused'): Verdict => ({
  state: 'item',
  boundHash: 'h',
  itemId: 'i',
  status,
  tier: 'low',
  changed: [],
});
const clear: Verdict = { state: 'clear', boundHash: 'h' };

test.each<[Mode, Verdict | null, string, boolean, GateAction]>([
  ['observe', item('undecided'), 'h', false, 'pass'],
  ['observe', clear, 'h', false, 'pass'],
  ['observe', null, 'h', true, 'pass-unguarded'],
  ['observe', item('approved'), 'other', false, 'pass-unguarded'],
  ['advise', item('undecided'), 'h', false, 'warn'],
  ['advise', item('approved'), 'h', false, 'pass'],
  ['advise', null, 'h', true, 'pass-unguarded'],
  ['enforce', item('undecided'), 'h', false, 'hold'],
  ['enforce', item('changed'), 'h', false, 'hold'],
  ['enforce', item('escalated'), 'h', false, 'hold'],
  ['enforce', item('refused'), 'h', false, 'hold'],
  ['enforce', item('approved'), 'h', false, 'pass'],
  ['enforce', item('approved'), 'other', false, 'check'],
  ['enforce', item('approved'), 'other', true, 'hold'],
  ['enforce', clear, 'h', false, 'pass'],
  ['enforce', clear, 'other', false, 'check'],
  ['enforce', null, 'h', false, 'check'],
  ['enforce', null, 'h', true, 'hold'],
])('%s with %o for %s (silent %s): %s', (mode, verdict, currentHash, workerSilent, action) => {
  expect(gateAction({ mode, verdict, currentHash, workerSilent })).toBe(action);
});
