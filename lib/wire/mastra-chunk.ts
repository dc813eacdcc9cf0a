import * as z from 'zod/mini';
import { soft } from './soft.ts';

const count = z.number().check(z.nonnegative());

const usage = z.object({
  inputTokens: soft(count),
  outputTokens: soft(count),
  totalTokens: soft(count),
});

/** One frame of an agent's stream. Source: @mastra/core 1.71, stream/types (AgentChunkType). */
export const mastraChunk = z.object({
  type: z.string(),
  runId: z.string().check(z.minLength(1), z.maxLength(200)),
  payload: soft(
    z.object({
      id: soft(z.string()),
      text: soft(z.string()),
      reason: soft(z.string()),
      error: z.optional(z.unknown()),
      sourceType: soft(z.string()),
      title: soft(z.string()),
      url: soft(z.string()),
      modelId: soft(z.string()),
      stepResult: soft(
        z.object({
          reason: soft(z.string()),
          isContinued: soft(z.boolean()),
          logprobs: soft(z.array(z.object({ token: z.string(), logprob: z.number() }))),
        }),
      ),
      output: soft(z.object({ text: soft(z.string()), usage: soft(usage) })),
      totalUsage: soft(usage),
      metadata: soft(z.object({ modelId: soft(z.string()) })),
      response: soft(z.object({ modelId: soft(z.string()) })),
      request: soft(z.object({ body: z.optional(z.unknown()) })),
    }),
  ),
});
export type MastraChunk = z.infer<typeof mastraChunk>;
export type MastraPayload = NonNullable<MastraChunk['payload']>;
