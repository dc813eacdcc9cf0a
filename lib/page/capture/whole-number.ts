import * as z from 'zod/mini';

/** A whole number, as `z.int()`; that one would bring every number format of zod into each page. */
export const wholeNumber = z.number().check(z.refine(Number.isSafeInteger));
