import * as z from 'zod/mini';

/** Names the format of an export; `version` rises when a reader of the old form would be misled. */
export const EXPORT_FORMAT = 'countersign-trail';
export const EXPORT_VERSION = 1;

const seq = z.number().check(z.int(), z.gte(0));
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const head = z.object({ seq, hash });

const header = z.object({
  line: z.literal('header'),
  format: z.literal(EXPORT_FORMAT),
  version: z.literal(EXPORT_VERSION),
  /** RFC 3339. */
  exportedAt: z.string(),
  extensionVersion: z.string(),
});
const log = z.object({
  line: z.literal('log'),
  logid: z.string(),
  /** The end of the log on the device. */
  head,
  /** The last entry that the endpoint acknowledged. */
  synced: z.nullable(head),
});
const event = z.object({
  line: z.literal('event'),
  logid: z.string(),
  seq,
  hash: z.string(),
  /** Exactly as stored: a JSON string, so that its bytes survive. */
  raw: z.string(),
});
const content = z.object({
  line: z.literal('content'),
  commitment: z.string(),
  field: z.string(),
  salt: z.string(),
  text: z.string(),
});
const receipt = z.object({
  line: z.literal('receipt'),
  logid: z.string(),
  seq,
  hash,
  receipt: z.string(),
});

/** One line of an export. */
const exportLine = z.discriminatedUnion('line', [header, log, event, content, receipt]);
export type ExportLine = z.infer<typeof exportLine>;

/** One line as text, without the line break. */
export function writeExportLine(line: ExportLine): string {
  return JSON.stringify(line);
}

/** Reads one line; null when it is not one of this format. Never throws. */
export function readExportLine(text: string): ExportLine | null {
  try {
    const parsed = exportLine.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
