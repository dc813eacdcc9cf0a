import type { WatchedComposer } from '../composer/watched-composer.ts';
import { formOf } from '../locate/form-of.ts';
import { click, requestSubmit } from '../locate/natives.ts';
import { sendControls } from '../locate/send-controls.ts';
import type { Gate } from './gate.ts';
import { pressOf, type Press } from './press.ts';

/** Every event by which an app can notice a press (measured: interception notes, "what leaks"). */
const GESTURES = [
  'pointerdown',
  'mousedown',
  'pointerup',
  'mouseup',
  'click',
  'dblclick',
  'auxclick',
  'touchstart',
  'touchend',
  'keydown',
  'keypress',
  'keyup',
  'beforeinput',
] as const;

/** Presses the control; for a key in the editor the send control, else the form, else the key again. */
function replayPress(press: Press, event: Event, document: Document): void {
  const [composer] = press.composers;
  if (composer === undefined) return;
  const control = press.control ?? sendControls(composer.at, document)[0];
  if (control !== undefined && 'click' in control) {
    click.call(control);
    return;
  }
  const form = formOf(composer.at, composer.handle.element);
  if (form !== null) requestSubmit.call(form);
  else composer.handle.root.dispatchEvent(new KeyboardEvent('keydown', keyOf(event)));
}

function keyOf(event: Event): KeyboardEventInit {
  const keyed = event instanceof KeyboardEvent ? event : null;
  return {
    key: 'Enter',
    code: 'Enter',
    ctrlKey: keyed?.ctrlKey ?? false,
    metaKey: keyed?.metaKey ?? false,
    bubbles: true,
    cancelable: true,
    composed: true,
  };
}

/**
 * Puts the gate before every gesture of a window, ahead of the page's own listeners when called at
 * document_start. Returns what takes it away; nothing else does.
 */
export function watchGestures(
  target: Window,
  document: Document,
  composers: () => Iterable<WatchedComposer>,
  gate: Gate,
): () => void {
  const listener = (event: Event) => {
    const press = pressOf(event, [...composers()]);
    if (press === null) return;
    const stops = gate.stops({
      ...press,
      replay: () => replayPress(press, event, document),
    });
    if (!stops) return;
    event.stopImmediatePropagation();
    if (!press.composing) event.preventDefault();
  };
  for (const type of GESTURES) target.addEventListener(type, listener, OPTIONS);
  return () => {
    for (const type of GESTURES) target.removeEventListener(type, listener, OPTIONS);
  };
}

const OPTIONS = { capture: true, passive: false };
