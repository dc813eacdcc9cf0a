import type { Citation, FinishState, Usage } from '../domain/output.ts';
import type { BodyEnd, OutputDraft } from './decoder.ts';
import { unfinished } from './ended.ts';
import { parseJson } from './json.ts';
import {
  contentText,
  type CompletionChoice,
  type CompletionChunk,
  type CompletionMessage,
} from './openai-chunk.ts';
import { createTextBuilder } from './text-builder.ts';
import { createTokenList } from './tokens.ts';

const MAX_CITATIONS = 500;

const FINISH: ReadonlyMap<string, FinishState> = new Map([
  ['stop', 'complete'],
  ['length', 'length'],
  ['content_filter', 'filtered'],
  ['tool_calls', 'tool'],
  ['function_call', 'tool'],
  ['error', 'error'],
]);

/** One of the answers (`n`) of a chat completion, as it grows. */
export interface ChoiceState {
  add(choice: CompletionChoice): void;
  finished(): boolean;
  /** What is known at the end; null when there was nothing to see. */
  draft(
    closing: Closing,
  ): Pick<
    OutputDraft,
    'text' | 'finish' | 'finishDetail' | 'citations' | 'tokens' | 'truncated'
  > | null;
}

/** Why no more of a choice will come: how the body stands, or the error that was sent. */
export type Closing = { how: BodyEnd } | { error: string };

export function createChoice(): ChoiceState {
  const text = createTextBuilder();
  const refusal = createTextBuilder();
  const calls = new Map<number, ReturnType<typeof createTextBuilder>>();
  const citations: Citation[] = [];
  const tokens = createTokenList();
  let reason: string | null = null;

  const addMessage = (message: CompletionMessage, whole: boolean) => {
    const piece = contentText(message);
    // A whole message repeats the answer: it beats the sum of its pieces.
    if (whole && piece !== '') text.replace(piece);
    else text.append(piece);
    if (typeof message.refusal === 'string') refusal.append(message.refusal);
    for (const [place, call] of (message.tool_calls ?? []).entries()) {
      const at = call.index ?? place;
      const builder = calls.get(at) ?? createTextBuilder();
      if (calls.size < 64) calls.set(at, builder);
      builder.append(call.function?.arguments ?? '');
    }
    for (const note of message.annotations ?? []) {
      if (!note || citations.length >= MAX_CITATIONS) continue;
      const { url, title, start_index, end_index } = note.url_citation;
      citations.push({
        start: start_index ?? null,
        end: end_index ?? null,
        title: title ?? '',
        url,
        quote: null,
      });
    }
  };

  return {
    add(choice) {
      if (choice.delta) addMessage(choice.delta, false);
      if (choice.message) addMessage(choice.message, true);
      tokens.add(choice.logprobs?.content ?? []);
      if (choice.finish_reason) reason = choice.finish_reason;
    },
    finished: () => reason !== null,
    draft(closing) {
      const refused = refusal.text();
      const answer = text.text() || refused || draftedByTool(reason, calls.values());
      const ended = endOf(closing, reason, refused !== '');
      if (answer === '' && ended.finish !== 'error') return null;
      const known = citations.filter(({ start, end }) => fits(start, end, answer.length));
      return {
        text: answer,
        ...ended,
        citations: known,
        // The probabilities are of the answer's tokens, not of a refusal's or a tool call's.
        tokens: text.text() === '' ? null : tokens.tokens(),
        truncated: text.truncated() || refusal.truncated(),
      };
    },
  };
}

function fits(start: number | null, end: number | null, length: number): boolean {
  if (start === null || end === null) return true;
  return Number.isInteger(start) && Number.isInteger(end) && start <= end && end <= length;
}

function endOf(
  closing: Closing,
  reason: string | null,
  refused: boolean,
): { finish: FinishState; finishDetail: string | null } {
  if ('error' in closing) return { finish: 'error', finishDetail: closing.error };
  if (reason !== null) {
    const finish = FINISH.get(reason) ?? 'unknown';
    if (finish !== 'complete') return { finish, finishDetail: reason.slice(0, 100) };
    return refused
      ? { finish: 'refused', finishDetail: null }
      : { finish: 'complete', finishDetail: null };
  }
  return unfinished(closing.how);
}

/** An assistant may write its draft into a form by a tool: the call's words are then the text. */
function draftedByTool(reason: string | null, calls: Iterable<{ text(): string }>): string {
  if (reason === null || FINISH.get(reason) !== 'tool') return '';
  const words: string[] = [];
  const collect = (value: unknown, depth: number) => {
    if (typeof value === 'string') words.push(value);
    else if (typeof value === 'object' && value !== null && depth < 8) {
      for (const part of Object.values(value)) collect(part, depth + 1);
    }
  };
  for (const call of calls) collect(parseJson(call.text()), 0);
  return words.filter((word) => word.includes(' ')).join('\n');
}

/** Usage in our words; null when the provider counted nothing. */
export function usageOf(usage: CompletionChunk['usage']): Usage | null {
  if (!usage) return null;
  const input = usage.prompt_tokens ?? null;
  const output = usage.completion_tokens ?? null;
  const total = usage.total_tokens ?? null;
  return input === null && output === null && total === null ? null : { input, output, total };
}
