import { pillPlace, type Box } from './pill-place.ts';
import type { PillState } from './pill-state.ts';
import { PILL_CSS } from './pill-style.ts';
import { pillWords } from './pill-words.ts';

/** Name of the one host element; a contract with outside tests. */
export const PILL_TAG = 'countersign-pill';

/** A page that takes the pill away this often gets it back only every now and then, in ms. */
const PATIENCE = 5;
const RETURN_MS = 5000;

/** Styles that a page's own rules must not win against. */
const HOST_STYLE: Readonly<Record<string, string>> = {
  position: 'fixed',
  'z-index': '2147483647',
  display: 'block',
  opacity: '1',
  transform: 'none',
  filter: 'none',
  clip: 'auto',
  margin: '0px',
  width: 'auto',
  height: 'auto',
  'pointer-events': 'auto',
};

export interface Pill {
  /** Shows a state beside an editor; null hides the pill. Takes no focus. */
  show(state: PillState | null, editor: Element | null): void;
  stop(): void;
}

function boxOf(element: Element): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}

/** Free: at its middle and corners stands nothing but what also stands around the editor. */
function isFree(box: Box, editor: Element, host: Element): boolean {
  const { ownerDocument: document } = editor;
  const xs = [box.left + 1, box.left + box.width / 2, box.left + box.width - 1];
  const ys = [box.top + 1, box.top + box.height - 1];
  return xs.every((x) =>
    ys.every((y) => {
      const at = document.elementsFromPoint(x, y).find((element) => element !== host);
      return at === undefined || (at !== editor && at.contains(editor));
    }),
  );
}

/** The pill: one host with a closed shadow root, in it one real button and nothing of the reply. */
export function createPill(options: {
  document: Document;
  now: () => number;
  onPress: (state: PillState) => void;
  onProblem: (code: string, detail: string) => void;
}): Pill {
  const { document, now, onPress, onProblem } = options;
  const host = document.createElement(PILL_TAG);
  const root = host.attachShadow({ mode: 'closed' });
  const button = document.createElement('button');
  button.type = 'button';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PILL_CSS);
  root.adoptedStyleSheets = [sheet];
  root.append(button);
  host.setAttribute('role', 'status');

  let shown: { state: PillState; editor: Element } | null = null;
  let placed = '';
  let frame = 0;
  let removals = 0;
  let returned = 0;

  button.addEventListener('click', (event) => {
    // Only a person's press counts; a page cannot make one.
    if (event.isTrusted && shown !== null) onPress(shown.state);
  });
  // The composer keeps its focus when the pill is pressed with a pointer.
  button.addEventListener('mousedown', (event) => event.preventDefault());

  const styleHost = (styles: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(styles))
      if (host.style.getPropertyValue(name) !== value)
        host.style.setProperty(name, value, 'important');
  };

  const place = () => {
    frame = 0;
    if (shown === null) return;
    const { editor } = shown;
    const box = boxOf(editor);
    const away = box.width === 0 || !editor.checkVisibility({ visibilityProperty: true });
    const view = { width: document.documentElement.clientWidth, height: innerHeight };
    const { left, top } = pillPlace(box, boxOf(host), view, (free) => isFree(free, editor, host));
    const next = `${Math.round(left)} ${Math.round(top)} ${away}`;
    if (next === placed) return;
    placed = next;
    const visibility = away ? 'hidden' : 'visible';
    styleHost({ visibility, left: `${Math.round(left)}px`, top: `${Math.round(top)}px` });
  };
  const replace = () => {
    if (shown !== null && frame === 0) frame = requestAnimationFrame(place);
  };
  addEventListener('scroll', replace, { capture: true, passive: true });
  addEventListener('resize', replace, { passive: true });
  const resized = new ResizeObserver(replace);

  /** A modal dialog makes all outside it inert: the pill goes where its editor is. */
  const parentFor = (editor: Element) =>
    editor.closest('dialog[open], [popover]:popover-open') ?? document.documentElement;

  const attach = (editor: Element) => {
    const parent = parentFor(editor);
    if (host.parentNode === parent) return;
    if (placed !== '' && !host.isConnected) {
      removals += 1;
      if (removals === PATIENCE) onProblem('pill-removed', '');
      if (removals >= PATIENCE && now() - returned < RETURN_MS) return;
    }
    returned = now();
    parent.append(host);
  };

  return {
    show(state, editor) {
      if (state === null || editor === null) {
        shown = null;
        placed = '';
        resized.disconnect();
        host.remove();
        return;
      }
      if (shown?.editor !== editor) {
        resized.disconnect();
        resized.observe(editor);
      }
      shown = { state, editor };
      const words = pillWords(state);
      if (button.textContent !== words) button.textContent = words;
      if (button.dataset['tone'] !== state.tone) button.dataset['tone'] = state.tone;
      styleHost(HOST_STYLE);
      attach(editor);
      replace();
    },
    stop() {
      shown = null;
      resized.disconnect();
      removeEventListener('scroll', replace, { capture: true });
      removeEventListener('resize', replace);
      cancelAnimationFrame(frame);
      host.remove();
    },
  };
}
