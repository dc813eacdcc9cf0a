import { MAX_OUTPUT_TEXT } from '../domain/output-limit.ts';

/** Text that grows piece by piece up to `MAX_OUTPUT_TEXT`, then says that it was cut. */
export interface TextBuilder {
  append(piece: string): void;
  /** Puts `whole` in the place of everything so far. */
  replace(whole: string): void;
  text(): string;
  truncated(): boolean;
}

export function createTextBuilder(): TextBuilder {
  let pieces: string[] = [];
  let length = 0;
  let cut = false;

  const append = (piece: string) => {
    if (cut || piece === '') return;
    const room = MAX_OUTPUT_TEXT - length;
    if (piece.length > room) cut = true;
    // A cut between the halves of a surrogate pair would leave a broken character.
    const kept = cut ? piece.slice(0, room).replace(/[\ud800-\udbff]$/, '') : piece;
    pieces.push(kept);
    length += kept.length;
  };

  return {
    append,
    replace(whole) {
      pieces = [];
      length = 0;
      cut = false;
      append(whole);
    },
    text() {
      if (pieces.length > 1) pieces = [pieces.join('')];
      return pieces[0] ?? '';
    },
    truncated: () => cut,
  };
}
