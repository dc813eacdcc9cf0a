import type { BoundLink } from '../../domain/bound.ts';
import type { ComposerBlock } from '../../domain/composer.ts';

/** A place in an editor: DOM position, or for a native field the field and a UTF-16 offset. */
export interface Point {
  readonly node: Node;
  readonly offset: number;
}

/** A line as a reader sees it, and where it stands. */
export interface Line extends ComposerBlock {
  readonly from: Point;
  readonly to: Point;
  /** Lines with the same number are parted by a line break only, not by a paragraph. */
  readonly paragraph: number;
  /** Names of formatting that stands in it. */
  readonly marks: ReadonlySet<string>;
  /** The part of each link that stands in it. */
  readonly links: readonly BoundLink[];
}

/** A whole composer, line by line, with each link once. */
export interface LocatedText {
  readonly lines: readonly Line[];
  readonly links: readonly BoundLink[];
}

/** More lines than this are joined into the last one, so that no text is ever left out. */
const MAX_LINES = 5000;

/** Adds a line, or past `MAX_LINES` its text to the last line. */
export function addLine(lines: Line[], line: Line): void {
  const last = lines.length < MAX_LINES ? undefined : lines.pop();
  lines.push(
    last === undefined
      ? line
      : {
          ...last,
          text: `${last.text}\n${line.text}`,
          to: line.to,
          marks: new Set([...last.marks, ...line.marks]),
          links: [...last.links, ...line.links],
        },
  );
}
