import type { Decoder, OutputDraft, WireHead } from './decoder.ts';
import { parseJson } from './json.ts';
import { noteRun } from './mastra.ts';
import { wholeCompletion } from './openai-chat.ts';

/** Longest JSON body that is read, in UTF-16 units. */
const MAX_JSON_BODY = 1_048_576;

/** A JSON body: a whole chat completion, the error in its place, or a receipt that an answer comes. */
export function createJsonBody(head: WireHead): Decoder {
  let body = '';
  let firstAt: number | null = null;
  let tooLong = false;

  return {
    protocol: 'json',
    push(text, at): OutputDraft[] {
      firstAt ??= at;
      tooLong ||= body.length + text.length > MAX_JSON_BODY;
      body = tooLong ? '' : body + text;
      return [];
    },
    idle: () => [],
    end(how, at) {
      const whole = how === 'end' && !tooLong;
      const value = whole ? parseJson(body.replace(/^\uFEFF/, '')) : undefined;
      body = '';
      noteRun(value, head);
      return wholeCompletion(value, { head, firstAt, at, how });
    },
    // Until it is whole nobody can say that it holds an answer.
    busy: () => false,
  };
}
