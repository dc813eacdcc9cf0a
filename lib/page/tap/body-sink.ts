import type { BodyEnd } from '../../wire/decoder.ts';
import { MAX_WHOLE_BODY, type TapMessage } from './messages.ts';
import { Bytes, decode, now } from './primordials.ts';
import { looksLike, SNIFF_LENGTH, type BodyShape } from './wanted.ts';

/** What is known of a body before it is read. */
export interface BodyFacts {
  url: string;
  contentType: string;
  shape: BodyShape;
  status: number;
  asked: boolean;
  sentAt: number;
  /** True once the response was cloned; shared by the clones. */
  cloned: boolean;
}

/**
 * Tells one body to the isolated world: nothing until its first bytes look like an answer, then
 * copies of its chunks with their arrival times. Never throws.
 */
export interface BodySink {
  readonly bytes: (chunk: Uint8Array) => void;
  readonly text: (whole: string) => void;
  readonly end: (how: BodyEnd) => void;
}

let lastId = 0;

export function createBodySink(facts: BodyFacts, tell: (message: TapMessage) => void): BodySink {
  const id = (lastId += 1);
  const held: { bytes: Uint8Array; at: number }[] = [];
  const streamed = facts.shape !== 'json';
  let first = '';
  let size = 0;
  let state: 'sniffing' | 'telling' | 'done' = 'sniffing';

  const open = () => {
    const { url, contentType, status, asked, sentAt } = facts;
    tell({ t: 'head', id, url, contentType, status, asked, sentAt });
    for (let i = 0; i < held.length; i += 1) {
      const chunk = held[i];
      if (chunk !== undefined) tell({ t: 'data', id, at: chunk.at, bytes: chunk.bytes });
    }
    held.length = 0;
    state = 'telling';
  };

  const tellEnd = (how: BodyEnd) => tell({ t: 'end', id, at: now(), how, cloned: facts.cloned });

  const judge = (ended: boolean) => {
    const verdict = looksLike(facts.shape, first, ended);
    if (verdict === 'yes') open();
    if (verdict === 'no') finish();
  };

  const finish = () => {
    held.length = 0;
    state = 'done';
  };

  const quietly =
    <Args extends unknown[]>(work: (...args: Args) => void) =>
    (...args: Args) => {
      if (state === 'done') return;
      try {
        work(...args);
      } catch {
        // The page's own reading must go on whatever the port or a patched builtin does.
        finish();
      }
    };

  return {
    bytes: quietly((chunk: Uint8Array) => {
      size += chunk.byteLength;
      if (state === 'telling') {
        if (!streamed && size > MAX_WHOLE_BODY) {
          tellEnd('limit');
          finish();
          return;
        }
        // Cloned by the port at once: the page may transfer the buffer afterwards.
        const whole = chunk.byteLength === chunk.buffer.byteLength;
        tell({ t: 'data', id, at: now(), bytes: whole ? chunk : new Bytes(chunk) });
        return;
      }
      const copy = new Bytes(chunk);
      held[held.length] = { bytes: copy, at: now() };
      if (first.length < SNIFF_LENGTH) first += decode(copy);
      judge(false);
    }),
    text: quietly((whole: string) => {
      if (whole.length > MAX_WHOLE_BODY && !streamed) return finish();
      first = whole.slice(0, SNIFF_LENGTH);
      if (looksLike(facts.shape, first, true) === 'yes') {
        open();
        tell({ t: 'text', id, at: now(), text: whole });
        tellEnd('end');
      }
      finish();
    }),
    end: quietly((how: BodyEnd) => {
      if (state === 'sniffing') judge(true);
      if (state === 'telling') tellEnd(how);
      finish();
    }),
  };
}
