import type { Usage } from '../domain/output.ts';
import { pathOf, type BodyEnd, type Decoder, type OutputDraft, type WireHead } from './decoder.ts';
import { parseJson } from './json.ts';
import { createChoice, usageOf, type ChoiceState, type Closing } from './openai-choice.ts';
import { completionChunk, errorDetail, type CompletionChunk } from './openai-chunk.ts';
import { createEventReader } from './sse.ts';

const PROTOCOL = 'openai-chat';
const MAX_CHOICES = 16;

/** True when one frame of a stream, or a whole body, is of this protocol. */
export function isCompletion(value: unknown): boolean {
  return completionChunk.safeParse(value).success;
}

/** What all bodies of this protocol share: choices by index, one id, model and usage. */
function createCompletion(head: WireHead) {
  const choices = new Map<number, ChoiceState>();
  const requestPath = pathOf(head.url);
  let id: string | null = null;
  let model: string | null = null;
  let usage: Usage | null = null;
  let firstAt: number | null = null;
  let error: string | null = null;
  let given = 0;

  const give = (closing: Closing, at: number, only: (choice: ChoiceState) => boolean) => {
    const drafts: OutputDraft[] = [];
    for (const [index, choice] of choices) {
      if (!only(choice)) continue;
      choices.delete(index);
      const known = choice.draft(closing);
      if (known === null) continue;
      drafts.push({
        ...known,
        providerId: id === null ? null : `${id}#${index}`,
        protocol: PROTOCOL,
        model,
        usage,
        firstByteMs: firstAt === null ? null : firstAt - head.sentAt,
        totalMs: at - head.sentAt,
        requestPath,
      });
    }
    given += drafts.length;
    return drafts;
  };

  return {
    touch(at: number) {
      firstAt ??= at;
    },
    add(chunk: CompletionChunk, at: number): OutputDraft[] {
      // A second completion in one body (an agent's next step): the first is over.
      const next = chunk.id !== null && chunk.id !== undefined && chunk.id !== id;
      const over = next ? give({ how: 'end' }, at, (choice) => choice.finished()) : [];
      if (next) id = chunk.id ?? null;
      if (chunk.model) model = chunk.model;
      usage = usageOf(chunk.usage) ?? usage;
      for (const choice of chunk.choices) {
        const index = choice.index ?? 0;
        const known = choices.get(index) ?? createChoice();
        if (choices.size < MAX_CHOICES || choices.has(index)) choices.set(index, known);
        known.add(choice);
      }
      return over;
    },
    fail(detail: string) {
      error ??= detail;
    },
    finished(at: number): OutputDraft[] {
      if (error !== null) return [];
      return give({ how: 'end' }, at, (choice) => choice.finished());
    },
    close(closing: Closing, at: number): OutputDraft[] {
      if (error !== null && choices.size === 0 && given === 0) choices.set(0, createChoice());
      return give(error === null ? closing : { error }, at, () => true);
    },
    busy: () => choices.size > 0,
  };
}

/** Streamed chat completions: `data:` chunks, then `data: [DONE]`. */
export function createOpenAiStream(head: WireHead): Decoder {
  const completion = createCompletion(head);
  let found: OutputDraft[] = [];
  let now = head.sentAt;

  const reader = createEventReader((data) => {
    if (data.trim() === '[DONE]') {
      found.push(...completion.close({ how: 'end' }, now));
      return;
    }
    const value = parseJson(data);
    const failed = errorDetail(value);
    if (failed !== null) completion.fail(failed);
    const chunk = completionChunk.safeParse(value);
    if (chunk.success) found.push(...completion.add(chunk.data, now));
  });
  const take = () => {
    const drafts = found;
    found = [];
    return drafts;
  };

  return {
    protocol: PROTOCOL,
    push(text, at) {
      now = at;
      completion.touch(at);
      reader.feed(text);
      if (reader.overflowed()) found.push(...completion.close({ how: 'limit' }, at));
      return take();
    },
    idle: () => completion.finished(now),
    end(how, at) {
      now = at;
      reader.end();
      found.push(...completion.close({ how }, at));
      return take();
    },
    busy: completion.busy,
  };
}

/** The outputs of a whole body, `value`: a chat completion, or the error in the place of one. */
export function wholeCompletion(
  value: unknown,
  seen: { head: WireHead; firstAt: number | null; at: number; how: BodyEnd },
): OutputDraft[] {
  const { head, firstAt, at, how } = seen;
  const completion = createCompletion(head);
  if (firstAt !== null) completion.touch(firstAt);
  const chunk = completionChunk.safeParse(value);
  // Every API says "error"; only what answers a model request is an answer that failed.
  const answer = chunk.success || head.asked;
  const failed = answer ? errorDetail(value) : null;
  if (failed !== null || (answer && head.status >= 400)) {
    completion.fail(`${head.status}${failed === null ? '' : ` ${failed}`}`);
  }
  if (chunk.success) completion.add(chunk.data, at);
  return completion.close({ how }, at);
}
