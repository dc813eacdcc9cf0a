import * as z from 'zod/mini';

/** UUID of a log. */
export const logidField = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/));

/** Number of an entry in its log, from 0. */
export const seqField = z.int().check(z.gte(0));

/** Lower-case hex SHA-256. */
export const hashField = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** RFC 3339 in UTC with milliseconds, as `Date.toISOString` writes it. */
export const timeField = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));

/** Name of a collector's key: the first 16 hex digits of SHA-256 of the public key's 32 bytes. */
export const keyIdField = z.string().check(z.regex(/^[0-9a-f]{16}$/));

/** The last entry of a log: its number and RFC 6962 leaf hash. */
export const headField = z.object({ seq: seqField, hash: hashField });
export type LogHead = z.infer<typeof headField>;
