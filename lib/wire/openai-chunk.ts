import * as z from 'zod/mini';
import { soft } from './soft.ts';

const count = z.number().check(z.nonnegative());

const content = z.union([
  z.string(),
  // Some servers of this shape send parts (Mistral); only text parts are answer text.
  z.array(z.object({ type: z.string(), text: soft(z.string()) })),
]);

const annotation = z.object({
  type: z.literal('url_citation'),
  url_citation: z.object({
    url: z.string(),
    title: soft(z.string()),
    start_index: soft(count),
    end_index: soft(count),
  }),
});

const message = z.object({
  content: soft(content),
  refusal: soft(z.string()),
  annotations: soft(z.array(soft(annotation))),
  tool_calls: soft(
    z.array(
      z.object({
        index: soft(count),
        function: soft(z.object({ arguments: soft(z.string()) })),
      }),
    ),
  ),
});

const choice = z.object({
  index: soft(count),
  delta: soft(message),
  message: soft(message),
  finish_reason: soft(z.string()),
  logprobs: soft(
    z.object({
      content: soft(z.array(z.object({ token: z.string(), logprob: z.number() }))),
    }),
  ),
});

/** One chunk of a streamed chat completion, or a whole one. Source: openai-node 7.57, resources/chat/completions. */
export const completionChunk = z.object({
  id: soft(z.string()),
  model: soft(z.string()),
  choices: z.array(choice),
  usage: soft(
    z.object({
      prompt_tokens: soft(count),
      completion_tokens: soft(count),
      total_tokens: soft(count),
    }),
  ),
});
export type CompletionChunk = z.infer<typeof completionChunk>;
export type CompletionChoice = CompletionChunk['choices'][number];
export type CompletionMessage = NonNullable<CompletionChoice['message']>;

const errorBody = z.object({
  message: soft(z.string()),
  type: soft(z.string()),
  code: soft(z.union([z.string(), z.number()])),
});

/** What these servers send in the place of an answer. */
const errorChunk = z.union([
  z.object({ error: errorBody }),
  z.object({ error: z.string().check(z.minLength(1)) }),
  z.object({ object: z.literal('error'), message: z.string() }),
]);

/** Longest error message kept, in UTF-16 units. */
const MAX_DETAIL = 500;

/** The error a value carries, as "code: message"; null when it carries none. */
export function errorDetail(value: unknown): string | null {
  const read = errorChunk.safeParse(value);
  if (!read.success) return null;
  const body = 'error' in read.data ? read.data.error : { message: read.data.message };
  if (typeof body === 'string') return body.slice(0, MAX_DETAIL);
  const code = 'code' in body ? (body.code ?? body.type) : null;
  const parts = [code ?? null, body.message ?? null].filter((part) => part !== null);
  return parts.join(': ').slice(0, MAX_DETAIL);
}

/** The answer text of a message's content. */
export function contentText(message: CompletionMessage): string {
  const { content } = message;
  if (content === null || content === undefined) return '';
  if (typeof content === 'string') return content;
  return content.map((part) => (part.type === 'text' ? (part.text ?? '') : '')).join('');
}
