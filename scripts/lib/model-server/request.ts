import * as z from 'zod/mini';

/** What the server reads of a chat completion request; unknown fields are let through unread. */
export const chatRequest = z.object({
  model: z._default(z.string(), 'local-model'),
  messages: z.array(z.object({ role: z.string(), content: z.optional(z.unknown()) })),
  stream: z._default(z.nullable(z.boolean()), false),
  logprobs: z._default(z.nullable(z.boolean()), false),
  stream_options: z.optional(z.nullable(z.object({ include_usage: z.optional(z.boolean()) }))),
});

/** A chat completion request that passed the schema. */
export type ChatRequest = z.infer<typeof chatRequest>;

const part = z.object({ text: z.string() });

/** Plain text of a message, whether sent as a string or as an array of parts. */
export const messageText = (content: unknown): string => {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((each) => part.safeParse(each))
    .map((read) => (read.success ? read.data.text : ''))
    .join('');
};

/** The text of the last message of the user, '' if there is none. */
export const lastPrompt = (request: ChatRequest): string =>
  messageText(request.messages.findLast((message) => message.role === 'user')?.content);

/** Whether this asks for the title of a conversation and not for an answer, as chat apps do. */
export const isTitleRequest = (request: ChatRequest): boolean =>
  request.messages.some(
    ({ role, content }) =>
      role === 'system' &&
      /\b(generate|write|create)\b.{0,60}\btitle\b/is.test(messageText(content)),
  );
