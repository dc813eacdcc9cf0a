/** One scripted answer of the model server. Every field but `text` has a default. */
export interface Reply {
  readonly text: string;
  /** Model name on the wire; default: the name that the caller asked for. */
  readonly model?: string;
  /** Tokens (words with their leading space) a second, kept under load; default: no pause. */
  readonly tokensPerSecond?: number;
  /** Silence before the first byte, in ms; default 0. */
  readonly firstByteMs?: number;
  /** Natural log probability, one for all tokens or one each (the last repeats); default -0.05. */
  readonly logprobs?: number | readonly number[];
  readonly annotations?: readonly UrlCitation[];
  /** Default `stop`. */
  readonly finish?: 'stop' | 'length' | 'content_filter';
  /** Breaks the stream (or body) after this many tokens; default: it ends well. */
  readonly cut?: Cut;
  /** Answers with this HTTP status and an error body in place of the text. */
  readonly status?: 400 | 401 | 429 | 500 | 503;
}

/** How an answer breaks off: connection reset, clean end without a finish, or an error event. */
interface Cut {
  readonly after: number;
  readonly how: 'reset' | 'end' | 'error';
}

/** `choices[].message.annotations[].url_citation`; indexes are UTF-16 units in the text. */
interface UrlCitation {
  readonly url: string;
  readonly title: string;
  readonly start_index: number;
  readonly end_index: number;
}

const DEFAULT_LOGPROB = -0.05;

/** The text cut into words, each with the white space before it; joined they are the text. */
export const tokensOf = (text: string): readonly string[] =>
  text.match(/\s*\S+(?:\s+$)?|^\s+$/gu) ?? [];

/** The scripted log probability of token `index`. */
export const logprobOf = (reply: Reply, index: number): number => {
  const given = reply.logprobs ?? DEFAULT_LOGPROB;
  if (typeof given === 'number') return given;
  return given[Math.min(index, given.length - 1)] ?? DEFAULT_LOGPROB;
};
