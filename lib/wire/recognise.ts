import type { Decoder, WireHead } from './decoder.ts';
import { createJsonBody } from './json-body.ts';
import { parseJson } from './json.ts';
import { createMastraStream, isMastraFrame } from './mastra.ts';
import { createOpenAiStream, isCompletion } from './openai-chat.ts';
import { errorDetail } from './openai-chunk.ts';
import { createEventReader, type EventReader } from './sse.ts';

/** Finds the decoder of a body as its text comes in. */
export interface Recogniser {
  /**
   * Takes the next text; the decoder once it is known, else null. The decoder has read nothing:
   * push it the body's text from its start.
   */
  feed(text: string): Decoder | null;
}

/** A recogniser for one body: it goes by what the first text says, never by the host. */
export function createRecogniser(head: WireHead): Recogniser {
  let frames: EventReader | null = null;
  let decoder: Decoder | null = null;

  const onData = (data: string) => {
    if (decoder !== null) return;
    const value = parseJson(data);
    if (isCompletion(value)) decoder = createOpenAiStream(head);
    else if (isMastraFrame(value)) decoder = createMastraStream(head);
    else if (head.asked && errorDetail(value) !== null) decoder = createOpenAiStream(head);
  };

  return {
    feed(text) {
      if (frames === null) {
        const start = text.trimStart();
        if (start === '') return null;
        // A JSON body says what it is only when it is whole.
        if (start.startsWith('{')) return createJsonBody(head);
        frames = createEventReader(onData);
      }
      frames.feed(text);
      return decoder;
    },
  };
}
