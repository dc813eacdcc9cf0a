import { PORT_EVENT, READY_EVENT, type TapMessage } from './messages.ts';
import { post } from './primordials.ts';
import type { Tell } from './fetch.ts';

/**
 * Waits for the isolated world's port and asks for it, so that either world may start first. At
 * document_start no page script runs yet and none sees the port; a window whose parent planted a
 * listener before is the known exception, which is why this channel is never trusted.
 */
export function awaitPort(window: Window): Tell {
  let port: MessagePort | null = null;
  const take = (event: Event) => {
    if (port !== null || !(event instanceof MessageEvent)) return;
    port = event.ports[0] ?? null;
    event.stopImmediatePropagation();
    // Tells the isolated world, whose event this is, that the port was taken.
    event.preventDefault();
  };
  window.addEventListener(PORT_EVENT, take, true);
  window.dispatchEvent(new Event(READY_EVENT));

  const tell = (message: TapMessage) => {
    if (port !== null) post(port, message);
  };
  return () => (port === null ? null : tell);
}
