import { createParser } from 'eventsource-parser';

/** Longest single event, in UTF-16 units; a longer one ends the reading. */
const MAX_EVENT = 8_388_608;

/** Reads an event stream's text in any cuts. */
export interface EventReader {
  feed(text: string): void;
  /** The body ended: an event without its blank line is given too, as most clients do. */
  end(): void;
  /** True once an event was longer than allowed; nothing more is read. */
  overflowed(): boolean;
}

/**
 * An event stream (WHATWG HTML, "Server-sent events") with CR, LF or CRLF, with or without a space
 * after the colon; comments and unknown field names are skipped.
 */
export function createEventReader(onData: (data: string) => void): EventReader {
  let over = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT,
    onEvent: ({ data }) => onData(data),
    onError: (error) => {
      over ||= error.type === 'max-buffer-size-exceeded';
    },
  });
  return {
    feed(text) {
      if (!over) parser.feed(text);
    },
    end() {
      if (!over) parser.feed('\n\n');
    },
    overflowed: () => over,
  };
}
