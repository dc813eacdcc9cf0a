import type { ComposerAt, SendControl } from '../../sites/site-parts.ts';
import { attribute, findAll, is } from './query.ts';
import { controlValue } from './read-text.ts';
import { isOnlyOther, startsWithOne } from './words.ts';

/** Longest text of a control that is looked at, in UTF-16 units. */
const MAX_LABEL = 2000;

/** What a control says: its accessible label, else its value or its text, else its title. */
function labelOf(control: Element): string {
  const text = control.localName === 'input' ? controlValue(control) : control.textContent;
  return (
    attribute(control, 'aria-label')?.trim() ||
    text?.slice(0, MAX_LABEL).trim() ||
    attribute(control, 'title') ||
    ''
  );
}

function fits(control: Element, send: SendControl): boolean {
  if (typeof send === 'string') return is(control, send);
  return is(control, send.selector) && startsWithOne(labelOf(control), send.words);
}

/** Whether a submit button only adds, previews or saves; one that also says a word of Send sends. */
export function isNotASend(submitter: Element | null, { notASend, send }: ComposerAt): boolean {
  if (submitter === null) return false;
  const names = [attribute(submitter, 'name'), attribute(submitter, 'id')];
  if (notASend.submitters.some((name) => names.includes(name))) return true;
  const sending = send.flatMap((one) => (typeof one === 'string' ? [] : one.words));
  return notASend.words.length > 0 && isOnlyOther(labelOf(submitter), notASend.words, sending);
}

/** Whether the element is a control that sends this composer. */
export function isSendControl(control: Element, at: ComposerAt): boolean {
  return at.send.some((send) => fits(control, send)) && !isNotASend(control, at);
}

/** The composer's send controls in the document, in order. */
export function sendControls(at: ComposerAt, document: Document): Element[] {
  return at.send
    .flatMap((send) => findAll(document, typeof send === 'string' ? send : send.selector))
    .filter((control) => isSendControl(control, at));
}
