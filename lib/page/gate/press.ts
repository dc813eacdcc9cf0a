import { formOf } from '../locate/form-of.ts';
import { attribute, holds, isElement } from '../locate/query.ts';
import { isSendControl } from '../locate/send-controls.ts';
import type { WatchedComposer } from '../composer/watched-composer.ts';
import { isForInputMethod, pressesControl, sendsByKey } from './keys.ts';

/** A press of Send: on a control, or by a key in the editor (`control` null). */
export interface Press {
  composers: WatchedComposer[];
  control: Element | null;
  /** Whether this very event makes apps send; the others only lead to it. */
  final: boolean;
  /** An input method takes the key: it may be kept from the app, never from the input method. */
  composing: boolean;
  via: 'click' | 'key';
}

const POINTER = /^(?:pointer|mouse|touch)|^(?:click|dblclick|auxclick)$/u;

/** Depth of the nearest element around both; more is nearer. */
function nearness(control: Element, composer: WatchedComposer): number {
  let depth = 0;
  for (let around = control.parentElement; around !== null; around = around.parentElement) {
    if (holds(around, composer.handle.element)) {
      for (let up: Element | null = around; up !== null; up = up.parentElement) depth += 1;
      break;
    }
  }
  return depth;
}

function formOfControl(control: Element): unknown {
  return 'form' in control ? control.form : control.closest('form');
}

/** The composers that a control sends: those of its own form, else the nearest one that names it. */
function sentBy(control: Element, composers: readonly WatchedComposer[]): WatchedComposer[] {
  const named = composers.filter((one) => isSendControl(control, one.at));
  if (named.length < 2) return named;
  const form = formOfControl(control);
  const inForm = named.filter(
    (one) => form !== null && formOf(one.at, one.handle.element) === form,
  );
  if (inForm.length > 0) return inForm;
  const nearest = Math.max(...named.map((one) => nearness(control, one)));
  return named.filter((one) => nearness(control, one) === nearest);
}

/**
 * The control on an event's way that sends, whatever inner node was hit. A control in a closed shadow
 * tree is hidden behind its host, so the host is judged.
 */
function sendControlOf(
  path: readonly EventTarget[],
  composers: readonly WatchedComposer[],
): { control: Element; sent: WatchedComposer[] } | null {
  for (const target of path) {
    if (!isElement(target)) continue;
    const sent = sentBy(target, composers);
    if (sent.length > 0) return { control: target, sent };
  }
  return null;
}

function editorOf(
  path: readonly EventTarget[],
  composers: readonly WatchedComposer[],
): WatchedComposer | undefined {
  return composers.find(
    ({ handle }) => path.includes(handle.root) || path.includes(handle.document.documentElement),
  );
}

function isKeyboard(event: Event): event is KeyboardEvent {
  return event.type.startsWith('key') && 'key' in event && 'keyCode' in event;
}

/** A line break typed without a key event: the Enter of touch keyboards. */
function isTypedEnter(event: Event): boolean {
  return (
    event.type === 'beforeinput' &&
    'inputType' in event &&
    (event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph')
  );
}

/** What press of Send an event is, or belongs to; null for all others. */
export function pressOf(event: Event, composers: readonly WatchedComposer[]): Press | null {
  if (composers.length === 0) return null;
  if (POINTER.test(event.type)) {
    const hit = sendControlOf(event.composedPath(), composers);
    if (hit === null || isDisabled(hit.control)) return null;
    const final = event.type === 'click';
    return { composers: hit.sent, control: hit.control, final, composing: false, via: 'click' };
  }
  if (isTypedEnter(event)) {
    const composer = editorOf(event.composedPath(), composers);
    if (composer === undefined || !composer.at.keys.includes('enter')) return null;
    return { composers: [composer], control: null, final: true, composing: false, via: 'key' };
  }
  if (!isKeyboard(event) || !pressesControl(event)) return null;
  const composing = isForInputMethod(event);
  const editor = editorOf(event.composedPath(), composers);
  if (editor !== undefined) {
    if (!sendsByKey(event, editor.at.keys) && !composing) return null;
    if (composing && (event.key !== 'Enter' || editor.at.keys.length === 0)) return null;
    const final = event.type === 'keydown';
    return { composers: [editor], control: null, final, composing, via: 'key' };
  }
  const hit = sendControlOf(event.composedPath(), composers);
  if (hit === null) return null;
  const final = event.type === 'keydown';
  return { composers: hit.sent, control: hit.control, final, composing: false, via: 'key' };
}

function isDisabled(control: Element): boolean {
  return attribute(control, 'disabled') !== null;
}
