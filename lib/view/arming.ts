import { initialArmed, stepArmed, type ArmedInput } from './armed-keys.ts';

/** How long after a press of the pointer a focus event still belongs to it, in milliseconds. */
const POINTER_FOCUS_MS = 1_000;
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

/** What the keys do on the screen that is shown. */
export interface ArmedHandlers {
  /** The verb of a bare key, null when the key has none here. */
  verbOf: (event: KeyboardEvent) => string | null;
  onVerb: (verb: string) => void;
  /** The press was not taken as meant: say "press it again". */
  onAgain: (verb: string) => void;
}

/**
 * Which part of the page takes verbs: the screen of an item, whose verb buttons are guarded at the keys too,
 * or the bar below it, which stands beside any screen and takes back what was done before.
 */
export type ArmedPart = 'screen' | 'bar';

/** The guards of one page, from its first moment to its last. */
export interface Arming {
  /** What this part takes now; null when it is not shown. */
  handle: (part: ArmedPart, handlers: ArmedHandlers | null) => void;
  painted: () => void;
  unpainted: () => void;
  /** A verb by click: only a double press is held back. */
  click: (part: ArmedPart, verb: string) => void;
}

/** True where letters are text: fields, and menus and dialogs that have their own keys. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role=menu], dialog') !== null
  );
}

function verbOfButton(event: KeyboardEvent): string | null {
  if (event.key !== 'Enter' && event.key !== ' ') return null;
  if (!(event.target instanceof Element)) return null;
  return event.target.closest('[data-verb]')?.getAttribute('data-verb') ?? null;
}

/**
 * Feeds the armed-keys machine from the window, in capture, from before the first screen is shown: a
 * press or click that came before an item was opened counts like any other.
 */
export function startArming(win: Window, now: () => number): Arming {
  let state = initialArmed(now());
  const parts: Record<ArmedPart, ArmedHandlers | null> = { screen: null, bar: null };
  let pointerAt = -Infinity;
  const step = (input: ArmedInput) => {
    const next = stepArmed(state, input);
    state = next.state;
    return next.answer;
  };
  const verbOf = (event: KeyboardEvent): { part: ArmedPart; verb: string } | null => {
    const button = verbOfButton(event);
    if (button !== null) return { part: 'screen', verb: button };
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return null;
    for (const part of ['screen', 'bar'] as const) {
      const verb = parts[part]?.verbOf(event) ?? null;
      if (verb !== null) return { part, verb };
    }
    return null;
  };

  win.addEventListener(
    'keydown',
    (event) => {
      if (MODIFIERS.has(event.key)) return;
      const meant = verbOf(event);
      const { code, repeat } = event;
      const needsPaint = meant?.part !== 'bar';
      const answer = step({
        type: 'down',
        code,
        at: now(),
        repeat,
        verb: meant !== null,
        needsPaint,
      });
      if (meant === null) return;
      event.preventDefault();
      if (answer === 'fire') parts[meant.part]?.onVerb(meant.verb);
      if (answer === 'again') parts[meant.part]?.onAgain(meant.verb);
    },
    true,
  );
  win.addEventListener(
    'keyup',
    (event) => {
      // Chrome tells no key-up of letters that came up under the Meta key.
      if (event.key === 'Meta') step({ type: 'focus-lost' });
      step({ type: 'up', code: event.code, at: now() });
    },
    true,
  );
  win.addEventListener(
    'pointerdown',
    () => {
      pointerAt = now();
      step({ type: 'pointer' });
    },
    true,
  );
  win.addEventListener('focus', () => {
    if (now() - pointerAt > POINTER_FOCUS_MS) step({ type: 'focus-arrived', at: now() });
  });
  win.addEventListener('blur', () => void step({ type: 'focus-lost' }));
  return {
    handle: (part, next) => {
      parts[part] = next;
    },
    painted: () => void step({ type: 'painted', at: now() }),
    unpainted: () => void step({ type: 'unpainted' }),
    click: (part, verb) => {
      const answer = step({ type: 'click', code: `click ${verb}`, at: now() });
      if (answer === 'fire') parts[part]?.onVerb(verb);
    },
  };
}
