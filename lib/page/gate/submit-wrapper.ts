/* oxlint-disable typescript/unbound-method -- natives, each applied to the receiver it was called on. */

/**
 * The question that the wrapper puts to the isolated world: "may this form leave?". No secret: it can
 * only ask, and the gate stops it before any listener of the page hears it.
 */
export const SUBMIT_CALL_EVENT = 'countersign-submit';

/**
 * For the page's own world, at document_start: `form.submit()` fires no submit event, so before it
 * leaves the gate is asked by an event that it may cancel. Without a gate it leaves as ever.
 */
export function installSubmitWrapper(window: Window & typeof globalThis): void {
  const { prototype } = window.HTMLFormElement;
  const { apply } = window.Reflect;
  const { dispatchEvent } = window.EventTarget.prototype;
  const { Event: NativeEvent } = window;
  const native = prototype.submit;
  // A method of an object literal, so that it has the name, length and missing `prototype` of the native one.
  const { submit } = {
    submit(this: HTMLFormElement): void {
      const question = new NativeEvent(SUBMIT_CALL_EVENT, {
        bubbles: true,
        cancelable: true,
        composed: true,
      });
      // The native dispatch throws for what is no form; so would the native submit, below.
      const asked = this instanceof window.HTMLFormElement;
      if (asked && !apply(dispatchEvent, this, [question])) return;
      apply(native, this, []);
    },
  };
  prototype.submit = submit;
}
