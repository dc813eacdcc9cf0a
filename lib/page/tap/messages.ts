import type { BodyEnd } from '../../wire/decoder.ts';

/**
 * What the tap (page's world) tells the capture (isolated world) over its port. One way only: no
 * message goes back, so nothing in the page can be asked to act. Times are milliseconds since the
 * document's time origin (`performance.now()`), which both worlds share.
 */
export type TapMessage =
  | {
      t: 'head';
      /** Number of the body, unique in the document. */
      id: number;
      /** Origin and path of the answer; query and fragment stay in the page. */
      url: string;
      contentType: string;
      status: number;
      /** True when the request's body looked like one to a language model. */
      asked: boolean;
      sentAt: number;
    }
  | { t: 'data'; id: number; at: number; bytes: Uint8Array }
  | { t: 'text'; id: number; at: number; text: string }
  | {
      t: 'end';
      id: number;
      at: number;
      how: BodyEnd;
      /** True when the response was cloned: the page may go on reading it elsewhere. */
      cloned: boolean;
    };

/** Event by which the isolated world hands its port over. */
export const PORT_EVENT = 'countersign-port';

/** Event by which a tap that starts second asks for the port. */
export const READY_EVENT = 'countersign-tap';

/** Bodies that are not streams of frames are copied up to this many bytes or UTF-16 units. */
export const MAX_WHOLE_BODY = 1_048_576;
