/** How much to measure. */
export interface Size {
  /** A run of a few minutes for a look while working. */
  quick: boolean;
  /** A million events in place of a hundred thousand. */
  long: boolean;
}

/** `quick` of them in a quick run, `full` otherwise. */
export function rounds(size: Size, quick: number, full: number): number {
  return size.quick ? quick : full;
}
