import type { ComposerAt, NotASend, SendControl } from '../../sites/site-parts.ts';
import { attribute, findAll, is } from './query.ts';
import { controlValue, lineOf } from './read-text.ts';

/** What a control says: its accessible label, its value when it is an input, its text. */
export function labelOf(control: Element): string {
  const label =
    attribute(control, 'aria-label') ??
    (control.localName === 'input' ? controlValue(control) : lineOf(control, 80));
  return label.trim().toLowerCase();
}

function says(control: Element, words: readonly string[]): boolean {
  const label = labelOf(control);
  return words.some((word) => {
    const start = word.toLowerCase();
    return label.startsWith(start) && !/^\p{L}/u.test(label.slice(start.length));
  });
}

function fits(control: Element, send: SendControl): boolean {
  if (typeof send === 'string') return is(control, send);
  return is(control, send.selector) && says(control, send.words);
}

/** Whether a submit button only adds, previews or saves. */
export function isNotASend(submitter: Element | null, rules: NotASend): boolean {
  if (submitter === null) return false;
  const names = [attribute(submitter, 'name'), attribute(submitter, 'id')];
  return (
    rules.submitters.some((name) => names.includes(name)) ||
    (rules.words.length > 0 && says(submitter, rules.words))
  );
}

/** Whether the element is a control that sends this composer. */
export function isSendControl(control: Element, at: ComposerAt): boolean {
  return at.send.some((send) => fits(control, send)) && !isNotASend(control, at.notASend);
}

/** The composer's send controls in the document, in order. */
export function sendControls(at: ComposerAt, document: Document): Element[] {
  return at.send
    .flatMap((send) => findAll(document, typeof send === 'string' ? send : send.selector))
    .filter((control) => isSendControl(control, at));
}
