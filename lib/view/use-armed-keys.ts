import { useCallback, useEffect, useRef } from 'react';
import { initialArmed, stepArmed, type ArmedInput } from './armed-keys.ts';
import { useServices } from './services.ts';

/** How long after a press of the pointer a focus event still belongs to it, in milliseconds. */
const POINTER_FOCUS_MS = 1_000;
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

/** What the keys do on the screen that is shown. */
export interface ArmedHandlers {
  /** The verb of a bare key, null when the key has none here. */
  verbOf(event: KeyboardEvent): string | null;
  onVerb(verb: string): void;
  /** The press was not taken as meant: say "press it again". */
  onAgain(verb: string): void;
}

/** True where letters are text: fields, and menus and dialogs that have their own keys. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role=menu], dialog') !== null
  );
}

const verbOfButton = (event: KeyboardEvent): string | null => {
  if (event.key !== 'Enter' && event.key !== ' ') return null;
  if (!(event.target instanceof Element)) return null;
  return event.target.closest('[data-verb]')?.getAttribute('data-verb') ?? null;
};

/**
 * Feeds the armed-keys machine from the window, in capture, so that no press is missed. `paintKey`
 * changes with each item and version; a verb works only once that was on screen.
 */
export function useArmedKeys(paintKey: string, handlers: ArmedHandlers) {
  const { now } = useServices();
  const machine = useRef(initialArmed(now()));
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });

  const step = useCallback((input: ArmedInput) => {
    const { state, answer } = stepArmed(machine.current, input);
    machine.current = state;
    return answer;
  }, []);

  useEffect(() => {
    step({ type: 'unpainted' });
    // The first frame after the commit draws the item, the second runs once it is on screen.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => step({ type: 'painted', at: now() }));
    });
    return () => cancelAnimationFrame(frame);
  }, [paintKey, now, step]);

  useEffect(() => {
    let pointerAt = -Infinity;
    const onDown = (event: KeyboardEvent) => {
      if (MODIFIERS.has(event.key)) return;
      const onButton = verbOfButton(event);
      const chord = event.ctrlKey || event.metaKey || event.altKey;
      const verb =
        onButton ?? (chord || isTyping(event.target) ? null : latest.current.verbOf(event));
      const answer = step({
        type: 'down',
        code: event.code,
        at: now(),
        repeat: event.repeat,
        verb: verb !== null,
      });
      if (verb === null) return;
      event.preventDefault();
      if (answer === 'fire') latest.current.onVerb(verb);
      if (answer === 'again') latest.current.onAgain(verb);
    };
    const onUp = (event: KeyboardEvent) => {
      // Chrome tells no key-up of letters that came up under the Meta key.
      if (event.key === 'Meta') step({ type: 'focus-lost' });
      step({ type: 'up', code: event.code, at: now() });
    };
    const onPointer = () => {
      pointerAt = now();
      step({ type: 'pointer' });
    };
    const onFocus = () => {
      if (now() - pointerAt > POINTER_FOCUS_MS) step({ type: 'focus-arrived', at: now() });
    };
    const onBlur = () => step({ type: 'focus-lost' });
    window.addEventListener('keydown', onDown, true);
    window.addEventListener('keyup', onUp, true);
    window.addEventListener('pointerdown', onPointer, true);
    window.addEventListener('focus', onFocus);
    window.addEventListener('blur', onBlur);
    return () => {
      window.removeEventListener('keydown', onDown, true);
      window.removeEventListener('keyup', onUp, true);
      window.removeEventListener('pointerdown', onPointer, true);
      window.removeEventListener('focus', onFocus);
      window.removeEventListener('blur', onBlur);
    };
  }, [now, step]);

  /** For clicks on verb buttons: only a double press is held back. */
  return useCallback(
    (verb: string) => {
      if (step({ type: 'click', code: `click ${verb}`, at: now() }) === 'fire') {
        latest.current.onVerb(verb);
      }
    },
    [now, step],
  );
}
