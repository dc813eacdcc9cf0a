import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  caseStatus,
  CLAIM_MS,
  holderAt,
  stepCase,
  type Actor,
  type CaseAct,
  type CaseState,
} from './case-state.ts';

const PEOPLE: readonly Actor[] = [
  { id: 'mia', role: 'reviewer' },
  { id: 'max', role: 'reviewer' },
  { id: 'lee', role: 'lead' },
  { id: 'lou', role: 'lead' },
  { id: 'ada', role: 'admin' },
];
const person = fc.constantFrom(...PEOPLE);
const act: fc.Arbitrary<CaseAct> = fc.oneof(
  fc.record({ kind: fc.constantFrom('claim', 'release', 'resolve', 'take-back') }),
  fc.record({ kind: fc.constant('hand-over' as const), to: person }),
);
const opened = fc.record<CaseState>({
  author: person.map(({ id }) => id),
  tier: fc.constantFrom('low', 'medium', 'high', 'locked'),
  stage: fc.constant('open'),
  holder: fc.constant(''),
  heldUntil: fc.constant(0),
  dueAt: fc.option(fc.nat(10 * CLAIM_MS)),
  version: fc.constant(1),
});
/** Clocks of several processes need not agree: time may go back. */
const steps = fc.array(
  fc.record({ act, by: person, wait: fc.integer({ min: -5000, max: CLAIM_MS }) }),
  {
    maxLength: 30,
  },
);

/** Walks a history and hands each step that was done to `check`. */
function walk(
  state: CaseState,
  history: { act: CaseAct; by: Actor; wait: number }[],
  check: (before: CaseState, act: CaseAct, by: Actor, at: number, next: CaseState) => void,
): CaseState {
  let at = 10_000_000;
  let now = state;
  for (const { act, by, wait } of history) {
    at += wait;
    const before = structuredClone(now);
    const step = stepCase(now, act, by, at);
    expect(now).toEqual(before);
    if (!step.ok) continue;
    check(now, act, by, at, step.next);
    now = step.next;
  }
  return now;
}

test('in any history: one ending, versions that rise by one, nobody decides over another', () => {
  fc.assert(
    fc.property(opened, steps, (state, history) => {
      walk(state, history, (before, act, by, at, next) => {
        expect(before.stage).toBe('open');
        expect(next.version).toBe(before.version + 1);
        const holder = holderAt(before, at);
        if (act.kind === 'resolve' || act.kind === 'claim') {
          expect(['', by.id]).toContain(holder);
          expect(by.role).not.toBe('reviewer');
          if (before.tier === 'locked') expect(by.id).not.toBe(before.author);
        }
        if (act.kind === 'take-back') expect(by.id).toBe(before.author);
        if (act.kind === 'release') expect(holder).not.toBe('');
        if (next.tier === 'locked') expect(next.holder).not.toBe(next.author);
        const [holding] = PEOPLE.filter(({ id }) => id === next.holder);
        expect(holding?.role ?? 'lead').not.toBe('reviewer');
        expect([next.author, next.tier, next.dueAt]).toEqual([
          before.author,
          before.tier,
          before.dueAt,
        ]);
      });
    }),
  );
});

test('time alone decides nothing: it ends claims and shows that an answer is late', () => {
  fc.assert(
    fc.property(opened, steps, fc.nat(1e12), (state, history, later) => {
      const end = walk(state, history, () => undefined);
      const at = 1e10 + later;
      const status = caseStatus(end, at);
      if (end.stage !== 'open') expect(status).toBe(end.stage);
      else expect(status).toBe(end.dueAt === null ? 'waiting' : 'expired');
      expect(holderAt(end, at)).toBe('');
    }),
  );
});

const OPEN: CaseState = {
  author: 'mia',
  tier: 'high',
  stage: 'open',
  holder: '',
  heldUntil: 0,
  dueAt: null,
  version: 1,
};
const who = (id: string) => PEOPLE.find((one) => one.id === id) ?? { id, role: 'reviewer' };
const after = (state: CaseState, act: CaseAct, by: string, at: number) => {
  const step = stepCase(state, act, who(by), at);
  return step.ok ? step.next : step.refusal;
};

test('a claim runs out by itself, and may be prolonged, handed over and given back', () => {
  const held = after(OPEN, { kind: 'claim' }, 'lee', 1000);
  if (typeof held === 'string') throw new Error(held);
  expect(after(held, { kind: 'resolve' }, 'lou', 1000 + CLAIM_MS - 1)).toBe('claimed');
  expect(after(held, { kind: 'resolve' }, 'lou', 1000 + CLAIM_MS)).toMatchObject({
    stage: 'resolved',
  });
  expect(after(held, { kind: 'claim' }, 'lee', 2000)).toMatchObject({ heldUntil: 2000 + CLAIM_MS });
  expect(after(held, { kind: 'release' }, 'lou', 2000)).toBe('claimed');
  expect(after(held, { kind: 'release' }, 'ada', 2000)).toMatchObject({ holder: '' });
  expect(after(held, { kind: 'hand-over', to: who('lou') }, 'lee', 2000)).toMatchObject({
    holder: 'lou',
  });
  expect(after(held, { kind: 'hand-over', to: who('max') }, 'lee', 2000)).toBe('forbidden');
  expect(after(held, { kind: 'take-back' }, 'mia', 2000)).toMatchObject({ stage: 'taken-back' });
  expect(after(held, { kind: 'take-back' }, 'lee', 2000)).toBe('forbidden');
});

test('locked: a second person, whatever the role', () => {
  const locked: CaseState = { ...OPEN, tier: 'locked', author: 'ada' };
  expect(after(locked, { kind: 'resolve' }, 'ada', 0)).toBe('second-person');
  expect(after(locked, { kind: 'claim' }, 'ada', 0)).toBe('second-person');
  expect(after(locked, { kind: 'hand-over', to: who('ada') }, 'lee', 0)).toBe('second-person');
  expect(after(locked, { kind: 'resolve' }, 'lee', 0)).toMatchObject({ stage: 'resolved' });
  expect(after({ ...locked, tier: 'high' }, { kind: 'resolve' }, 'ada', 0)).toMatchObject({
    stage: 'resolved',
  });
});

test('an answer that comes late is still an answer', () => {
  const late = { ...OPEN, dueAt: 10 };
  expect(caseStatus(late, 10)).toBe('expired');
  expect(after(late, { kind: 'resolve' }, 'lee', 11)).toMatchObject({ stage: 'resolved' });
});
