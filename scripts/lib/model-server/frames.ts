import { logprobOf, tokensOf } from './reply.ts';
import type { Reply } from './reply.ts';
import { messageText } from './request.ts';
import type { ChatRequest } from './request.ts';

/** What all frames of one answer share. */
export interface Envelope {
  readonly id: string;
  readonly request: ChatRequest;
  readonly reply: Reply;
}

interface Frame {
  readonly id: string;
  readonly object: string;
  readonly created: number;
  readonly model: string;
  readonly choices: readonly object[];
  readonly usage?: object | null;
}

// A fixed second: frames of the same script are the same bytes.
const CREATED = 1_790_000_000;

const chunk = ({ id, reply, request }: Envelope, choices: readonly object[]): Frame => ({
  id,
  object: 'chat.completion.chunk',
  created: CREATED,
  model: reply.model ?? request.model,
  choices,
  ...(request.stream_options?.include_usage === true ? { usage: null } : {}),
});

const logprobs = ({ request, reply }: Envelope, tokens: readonly string[], first: number) =>
  request.logprobs === true
    ? {
        content: tokens.map((token, index) => ({
          token,
          logprob: logprobOf(reply, first + index),
          bytes: [...Buffer.from(token)],
          top_logprobs: [],
        })),
        refusal: null,
      }
    : null;

const annotations = ({ reply }: Envelope) =>
  reply.annotations === undefined
    ? {}
    : {
        annotations: reply.annotations.map((citation) => ({
          type: 'url_citation',
          url_citation: citation,
        })),
      };

/** Token counts as `usage` has them; a token here is a word. */
const usageOf = ({ request, reply }: Envelope) => {
  const prompt = request.messages.flatMap(({ content }) => tokensOf(messageText(content))).length;
  const completion = tokensOf(reply.text).length;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
};

/** First chunk of a stream: the role, no text. */
export const openingChunk = (envelope: Envelope): Frame =>
  chunk(envelope, [
    { index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null },
  ]);

/** The chunk of token `index`. */
export const tokenChunk = (envelope: Envelope, token: string, index: number): Frame =>
  chunk(envelope, [
    {
      index: 0,
      delta: { content: token },
      logprobs: logprobs(envelope, [token], index),
      finish_reason: null,
    },
  ]);

/** What ends a good stream: the finish, then the usage (with no choices) if it was asked for. */
export const closingChunks = (envelope: Envelope): readonly Frame[] => {
  const finish = envelope.reply.finish ?? 'stop';
  const last = chunk(envelope, [
    { index: 0, delta: annotations(envelope), logprobs: null, finish_reason: finish },
  ]);
  return envelope.request.stream_options?.include_usage === true
    ? [last, { ...chunk(envelope, []), usage: usageOf(envelope) }]
    : [last];
};

/** The body of an answer that is not streamed. */
export const completion = (envelope: Envelope): Frame => ({
  ...chunk(envelope, [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: envelope.reply.text,
        refusal: null,
        ...annotations(envelope),
      },
      logprobs: logprobs(envelope, tokensOf(envelope.reply.text), 0),
      finish_reason: envelope.reply.finish ?? 'stop',
    },
  ]),
  object: 'chat.completion',
  usage: usageOf(envelope),
});

/** An error body, as OpenAI-compatible servers send it (status and in-stream). */
export const errorBody = (status: number) => ({
  error: {
    message: status === 429 ? 'Rate limit reached, try again later.' : 'The server had an error.',
    type: status === 429 ? 'rate_limit_exceeded' : 'server_error',
    param: null,
    code: status === 429 ? 'rate_limit_exceeded' : null,
  },
});
