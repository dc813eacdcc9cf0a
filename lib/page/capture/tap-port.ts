import { PORT_EVENT, READY_EVENT } from '../tap/messages.ts';

/** The isolated world's end of the channel to the tap. */
export interface TapPort {
  /** True once the tap has taken the other end. */
  taken(): boolean;
  close(): void;
}

/**
 * Offers a port to the tap, now and when the tap says that it starts: whichever world is first, the
 * port changes hands before any script of the page runs. What comes out of it is claimed, never
 * trusted; nothing is ever sent into it.
 */
export function openTapPort(window: Window, onMessage: (data: unknown) => void): TapPort {
  const { port1, port2 } = new MessageChannel();
  let taken = false;

  const offer = () => {
    if (taken) return;
    const event = new MessageEvent(PORT_EVENT, { ports: [port2], cancelable: true });
    taken = !window.dispatchEvent(event);
    if (taken) window.removeEventListener(READY_EVENT, ready, true);
  };
  const ready = (event: Event) => {
    event.stopImmediatePropagation();
    offer();
  };
  const hear = (event: MessageEvent<unknown>) => onMessage(event.data);

  port1.addEventListener('message', hear);
  port1.start();
  window.addEventListener(READY_EVENT, ready, true);
  offer();
  return {
    taken: () => taken,
    close() {
      window.removeEventListener(READY_EVENT, ready, true);
      port1.removeEventListener('message', hear);
      port1.close();
    },
  };
}
