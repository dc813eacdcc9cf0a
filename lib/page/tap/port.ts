import { PORT_EVENT, READY_EVENT, type TapMessage } from './messages.ts';
import { apply, post } from './primordials.ts';
import type { Tell } from './fetch.ts';

/**
 * Waits for the isolated world's port and asks for it, so that either world may start first. At
 * document_start no page script runs yet and none sees the port; a window whose parent planted a
 * listener before is the known exception, which is why this channel is never trusted.
 */
export function awaitPort(window: Window): Tell {
  let port: MessagePort | null = null;
  const { addEventListener, removeEventListener, dispatchEvent } = window;
  const { stopImmediatePropagation } = Event.prototype;

  const take = (event: Event) => {
    if (!(event instanceof MessageEvent) || event.ports[0] === undefined) return;
    port = event.ports[0];
    apply(stopImmediatePropagation, event, []);
    apply(removeEventListener, window, [PORT_EVENT, take, true]);
  };
  apply(addEventListener, window, [PORT_EVENT, take, true]);
  apply(dispatchEvent, window, [new Event(READY_EVENT)]);

  const tell = (message: TapMessage) => {
    if (port !== null) post(port, message);
  };
  return () => (port === null ? null : tell);
}
