/** Longest text kept of one output, in UTF-16 units; what is cut is said in `truncated`. */
export const MAX_OUTPUT_TEXT = 1_048_576;
