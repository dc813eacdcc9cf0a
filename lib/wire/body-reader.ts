import type { BodyEnd, Decoder, OutputDraft, WireHead } from './decoder.ts';
import { createRecogniser } from './recognise.ts';

/** Text that is looked at before a body counts as no answer, in UTF-16 units. */
const MAX_FIRST_TEXT = 65_536;

/** Reads one body from its first byte: finds its protocol, then decodes it. */
export interface BodyReader {
  /** Bytes as they came; a character may be cut between two of them. */
  bytes(chunk: Uint8Array, at: number): OutputDraft[];
  text(piece: string, at: number): OutputDraft[];
  /** Nothing came for a while: outputs whose end was seen are given. */
  idle(): OutputDraft[];
  end(how: BodyEnd, at: number): OutputDraft[];
  /** True while an output is under way in it. */
  busy(): boolean;
  /** True once it is known to hold no answer, or its end was read: nothing more need come. */
  over(): boolean;
}

/** A reader for one body. Never throws, whatever the body holds. */
export function createBodyReader(head: WireHead): BodyReader {
  const utf8 = new TextDecoder();
  const recogniser = createRecogniser(head);
  let decoder: Decoder | null = null;
  let held: { text: string; at: number }[] = [];
  let heldLength = 0;
  let over = false;

  const text = (piece: string, at: number): OutputDraft[] => {
    if (over || piece === '') return [];
    if (decoder !== null) return decoder.push(piece, at);
    held.push({ text: piece, at });
    heldLength += piece.length;
    const known = recogniser.feed(piece);
    over = known === null && heldLength > MAX_FIRST_TEXT;
    const first = held;
    if (known !== null || over) held = [];
    decoder = known;
    return known === null ? [] : first.flatMap((one) => known.push(one.text, one.at));
  };

  return {
    bytes: (chunk, at) => (over ? [] : text(utf8.decode(chunk, { stream: true }), at)),
    text,
    idle: () => decoder?.idle() ?? [],
    end(how, at) {
      if (over) return [];
      // A body cut inside a character still ends: the broken half is read as U+FFFD.
      const rest = text(utf8.decode(), at);
      over = true;
      return [...rest, ...(decoder?.end(how, at) ?? [])];
    },
    busy: () => decoder?.busy() ?? false,
    over: () => over,
  };
}
