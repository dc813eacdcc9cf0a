/**
 * Which key presses may decide. Opening the panel moves keyboard focus into it in the middle of typing,
 * and held keys repeat: without guards a letter meant for the reply box would decide an item
 * (ux.md, "Keys", guards). A pure machine; the hook that feeds it owns the clock.
 */

/** Time an item must have been on screen before a key may decide it, in milliseconds. */
export const PAINT_GUARD_MS = 300;
/** Time without any key after which verbs wake up when focus came by itself, in milliseconds. */
export const QUIET_MS = 800;
/** A second press of one key or button within this time is the same press, in milliseconds. */
export const DOUBLE_PRESS_MS = 400;

/** What the machine remembers. Times are of one clock, in milliseconds. */
export interface ArmedState {
  paintedAt: number | null;
  /** Keys that are down; all must come up before another press may decide. */
  held: readonly string[];
  asleep: boolean;
  /** Last key of any kind, or when focus arrived. */
  quietSince: number;
  /** The last press that decided something, and where it came from. */
  fired: { code: string; at: number } | null;
}

/** What happens to the panel, told in order of time. `code` is the physical key. */
export type ArmedInput =
  | { type: 'painted'; at: number }
  | { type: 'unpainted' }
  /** Focus came without a press or click in the panel. */
  | { type: 'focus-arrived'; at: number }
  | { type: 'focus-lost' }
  /** A press of the pointer inside the panel: the person means the panel. */
  | { type: 'pointer' }
  | { type: 'up'; code: string; at: number }
  /** `needsPaint`: the verb is about the item on screen, not about what the person did before. */
  | { type: 'down'; code: string; at: number; repeat: boolean; verb: boolean; needsPaint: boolean }
  /** A verb by pointer or by assistive technology: only a double press is guarded. */
  | { type: 'click'; code: string; at: number };

/** `fire` decides; `again` only says "press it again"; `ignore` does nothing. */
export type ArmedAnswer = 'fire' | 'again' | 'ignore';

/** The machine before anything was seen: asleep, since nobody knows who is typing where. */
export function initialArmed(at: number): ArmedState {
  return { paintedAt: null, held: [], asleep: true, quietSince: at, fired: null };
}

/** Takes one input; returns the next state and what the press may do. */
export function stepArmed(
  state: ArmedState,
  input: ArmedInput,
): { state: ArmedState; answer: ArmedAnswer } {
  switch (input.type) {
    case 'painted':
      return still({ ...state, paintedAt: input.at });
    case 'unpainted':
      return still({ ...state, paintedAt: null });
    case 'focus-arrived':
      return still({ ...state, asleep: true, quietSince: input.at, held: [] });
    case 'focus-lost':
      return still({ ...state, held: [] });
    case 'pointer':
      return still({ ...state, asleep: false });
    case 'up':
      return still({
        ...state,
        held: state.held.filter((code) => code !== input.code),
        quietSince: input.at,
      });
    case 'down':
      return pressed(state, input);
    case 'click':
      if (isDouble(state, input)) return still(state);
      return { state: { ...state, fired: { code: input.code, at: input.at } }, answer: 'fire' };
  }
}

function still(state: ArmedState): { state: ArmedState; answer: ArmedAnswer } {
  return { state, answer: 'ignore' };
}

function isDouble(state: ArmedState, press: { code: string; at: number }): boolean {
  const last = state.fired;
  return last !== null && last.code === press.code && press.at - last.at < DOUBLE_PRESS_MS;
}

function pressed(
  state: ArmedState,
  input: Extract<ArmedInput, { type: 'down' }>,
): { state: ArmedState; answer: ArmedAnswer } {
  const asleep = state.asleep && input.at - state.quietSince < QUIET_MS;
  const next: ArmedState = {
    ...state,
    asleep,
    quietSince: input.at,
    held: state.held.includes(input.code) ? state.held : [...state.held, input.code],
  };
  if (!input.verb || input.repeat) return still(next);
  if (asleep) return { state: next, answer: 'again' };
  if (state.held.length > 0) return still(next);
  const isSeen = state.paintedAt !== null && input.at - state.paintedAt >= PAINT_GUARD_MS;
  if (input.needsPaint && !isSeen) return still(next);
  if (isDouble(state, input)) return still(next);
  return { state: { ...next, fired: { code: input.code, at: input.at } }, answer: 'fire' };
}
