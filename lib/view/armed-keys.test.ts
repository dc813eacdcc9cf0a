import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DOUBLE_PRESS_MS,
  initialArmed,
  PAINT_GUARD_MS,
  QUIET_MS,
  stepArmed,
  type ArmedAnswer,
  type ArmedInput,
} from './armed-keys.ts';

function run(inputs: readonly ArmedInput[], from = initialArmed(0)): ArmedAnswer[] {
  let state = from;
  return inputs.map((input) => {
    const step = stepArmed(state, input);
    state = step.state;
    return step.answer;
  });
}

const down = (
  at: number,
  over: Partial<Extract<ArmedInput, { type: 'down' }>> = {},
): ArmedInput => ({
  type: 'down',
  code: 'KeyA',
  at,
  repeat: false,
  verb: true,
  needsPaint: true,
  ...over,
});
const up = (at: number, code = 'KeyA'): ArmedInput => ({ type: 'up', code, at });
const fired = (answers: readonly ArmedAnswer[]) => answers.filter((a) => a === 'fire').length;

describe('armed keys', () => {
  test('a press on an item that was looked at decides', () => {
    expect(run([{ type: 'painted', at: 0 }, { type: 'pointer' }, down(PAINT_GUARD_MS)])).toEqual([
      'ignore',
      'ignore',
      'fire',
    ]);
  });

  test('a press before the item was painted for its time does nothing', () => {
    const early = [
      { type: 'painted', at: 0 },
      { type: 'pointer' },
      down(PAINT_GUARD_MS - 1),
    ] as const;
    expect(fired(run(early))).toBe(0);
    expect(fired(run([{ type: 'pointer' }, down(5_000)]))).toBe(0);
  });

  test('what takes back needs no paint, but every other guard', () => {
    const z = { code: 'KeyZ', needsPaint: false };
    expect(run([{ type: 'pointer' }, down(10, z)]).at(-1)).toBe('fire');
    expect(run([{ type: 'focus-arrived', at: 0 }, down(10, z)]).at(-1)).toBe('again');
    expect(run([{ type: 'pointer' }, down(10, { ...z, repeat: true })]).at(-1)).toBe('ignore');
    expect(run([{ type: 'pointer' }, down(10, { code: 'KeyB' }), down(20, z)]).at(-1)).toBe(
      'ignore',
    );
  });

  test('twenty letters typed while focus arrives decide nothing and the first says so', () => {
    const typed = Array.from({ length: 20 }, (_, i) => [
      down(100 + i * 90),
      up(140 + i * 90),
    ]).flat();
    const answers = run([{ type: 'painted', at: 0 }, { type: 'focus-arrived', at: 0 }, ...typed]);
    expect(fired(answers)).toBe(0);
    expect(answers[2]).toBe('again');
  });

  test('after a quiet time the same key decides', () => {
    const answers = run([
      { type: 'painted', at: 0 },
      { type: 'focus-arrived', at: 0 },
      down(100),
      up(150),
      down(150 + QUIET_MS),
    ]);
    expect(answers).toEqual(['ignore', 'ignore', 'again', 'ignore', 'fire']);
  });

  test('any other key keeps the verbs asleep', () => {
    const answers = run([
      { type: 'painted', at: 0 },
      { type: 'focus-arrived', at: 0 },
      down(700, { code: 'KeyQ', verb: false }),
      up(750, 'KeyQ'),
      down(1400),
    ]);
    expect(answers.at(-1)).toBe('again');
  });

  test('a held key decides once, also when the next item is painted under it', () => {
    const repeats = Array.from({ length: 90 }, (_, i) => down(1033 + i * 33, { repeat: true }));
    const answers = run([
      { type: 'painted', at: 0 },
      { type: 'pointer' },
      down(1000),
      { type: 'painted', at: 1100 },
      ...repeats,
    ]);
    expect(fired(answers)).toBe(1);
  });

  test('a key that was down before must come up first', () => {
    const inputs: ArmedInput[] = [
      { type: 'painted', at: 0 },
      { type: 'pointer' },
      down(900, { code: 'Tab', verb: false }),
      down(1000),
    ];
    expect(fired(run(inputs))).toBe(0);
    expect(fired(run([...inputs, up(1010), up(1020, 'Tab'), down(1500)]))).toBe(1);
  });

  test('a double press is one decision, by key and by pointer', () => {
    const base: ArmedInput[] = [{ type: 'painted', at: 0 }, { type: 'pointer' }];
    expect(fired(run([...base, down(1000), up(1050), down(1000 + DOUBLE_PRESS_MS - 1)]))).toBe(1);
    expect(fired(run([...base, down(1000), up(1050), down(1000 + DOUBLE_PRESS_MS)]))).toBe(2);
    expect(fired(run([10, 200, 500].map((at) => ({ type: 'click', code: 'approve', at }))))).toBe(
      2,
    );
  });

  test('another key right after one that fired is its own press', () => {
    const inputs = [down(1000, { code: 'KeyR' }), up(1050, 'KeyR'), down(1150, { code: 'Digit1' })];
    expect(fired(run([{ type: 'painted', at: 0 }, { type: 'pointer' }, ...inputs]))).toBe(2);
  });

  test('whatever is pressed, nothing decides without quiet, paint and a fresh press', () => {
    const input = fc.record({
      gap: fc.integer({ min: 1, max: 400 }),
      code: fc.constantFrom('KeyA', 'KeyR', 'Tab'),
      kind: fc.constantFrom('down', 'up', 'repeat'),
    });
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (presses) => {
        let at = 0;
        const inputs = presses.map((press): ArmedInput => {
          at += press.gap;
          if (press.kind === 'up') return up(at, press.code);
          return down(at, {
            code: press.code,
            repeat: press.kind === 'repeat',
            verb: press.code !== 'Tab',
          });
        });
        // No gap reaches QUIET_MS, so verbs never wake.
        const answers = run([
          { type: 'painted', at: 0 },
          { type: 'focus-arrived', at: 0 },
          ...inputs,
        ]);
        expect(fired(answers)).toBe(0);
      }),
    );
  });
});
