import * as z from 'zod/mini';

/** A field that is broken or missing is null: one bad field must not cost the whole frame. */
export function soft<Schema extends z.ZodMiniType>(schema: Schema) {
  // oxlint-disable-next-line promise/valid-params -- zod's fallback, no promise
  return z.catch(z.nullish(schema), null);
}
