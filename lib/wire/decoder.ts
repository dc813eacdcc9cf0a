import type { Citation, FinishState, TokenLogprob, Usage } from '../domain/output.ts';

/**
 * How a body ended: `end` by the sender; `cancel` by the page (Stop, abort, leaving); `error` by
 * the line; `limit` because copying or reading it stopped.
 */
export type BodyEnd = 'end' | 'cancel' | 'error' | 'limit';

/** What is known of a body before it is decoded. */
export interface WireHead {
  /** Where the answer came from; only its path is used. */
  url: string;
  status: number;
  /** True when the request looked like one to a language model. */
  asked: boolean;
  /** When the request left, milliseconds on the clock that `push` uses. */
  sentAt: number;
  /** When the runs of agents were asked for, by run id; shared by the bodies of a tab. */
  runs: Map<string, number>;
}

/** An output as a decoder knows it: what the wire said, without the tab's knowledge. */
export interface OutputDraft {
  /** The provider's id of the answer, with its part; null when the wire has none. */
  providerId: string | null;
  text: string;
  finish: FinishState;
  /**
   * When `finish` is not `complete`: the wire's own word or message, or one of our codes
   * `stopped-by-page`, `line-broken`, `too-long`, `no-finish-reason`.
   */
  finishDetail: string | null;
  protocol: string;
  model: string | null;
  usage: Usage | null;
  firstByteMs: number | null;
  totalMs: number | null;
  citations: Citation[];
  tokens: TokenLogprob[] | null;
  truncated: boolean;
  /** Path of the request's URL: tells an answer's endpoint from a title's or a summary's. */
  requestPath: string;
}

/**
 * Reads one body of one protocol. Pushed its text in any cuts, with arrival times in milliseconds;
 * returns each output once, when its end is known. Never throws on any text.
 */
export interface Decoder {
  readonly protocol: string;
  push(text: string, at: number): OutputDraft[];
  /** Nothing came for a while: outputs whose end was seen are given. */
  idle(): OutputDraft[];
  /** The body ended: what is left is given, complete only if its own end was seen. */
  end(how: BodyEnd, at: number): OutputDraft[];
  /** True while an output has begun and is not given yet. */
  busy(): boolean;
}

/** Path of a URL; '' when it is none. */
export function pathOf(url: string): string {
  return URL.parse(url)?.pathname.slice(0, 300) ?? '';
}
