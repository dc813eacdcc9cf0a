/** How much of a body is looked at before it is told or left, in bytes or UTF-16 units. */
export const SNIFF_LENGTH = 2048;

/** The shape in which an answer may come, by its content type; `null`: no decoder reads it. */
export type BodyShape = 'events' | 'lines' | 'json' | 'plain';

/** Which shape a content type promises. Types as in the MIME registry, without parameters. */
export function bodyShape(contentType: string): BodyShape | null {
  const semicolon = contentType.indexOf(';');
  const type = (semicolon < 0 ? contentType : contentType.slice(0, semicolon)).trim().toLowerCase();
  if (type === 'text/event-stream') return 'events';
  if (type === 'text/plain') return 'plain';
  if (type === 'application/json') return 'json';
  if (
    type === 'application/x-ndjson' ||
    type === 'application/jsonl' ||
    type === 'application/stream+json'
  ) {
    return 'lines';
  }
  return null;
}

// A field name, an odd one included (some servers write `message:`), or a comment.
const EVENT_FIELD = /^\uFEFF?[\r\n]*(?::|[a-z]{2,16}:)/;
const EVENT_FIELD_PREFIX = /^\uFEFF?[\r\n]*[a-z]{0,16}$/;
// Keys that the answers, errors and receipts of the known protocols carry near their start.
const JSON_KEYS = /"(?:choices|object|error|runId)"\s*:/;
const JSON_OPEN = /^\uFEFF?\s*[{[]/;

/** Whether the first text of a body looks like what its shape promises; `wait`: cannot tell yet. */
export function looksLike(shape: BodyShape, first: string, ended: boolean): 'yes' | 'no' | 'wait' {
  const full = ended || first.length >= SNIFF_LENGTH;
  if (shape !== 'json' && shape !== 'lines') {
    if (EVENT_FIELD.test(first)) return 'yes';
    if (EVENT_FIELD_PREFIX.test(first) && !full) return 'wait';
    if (shape === 'events') return 'no';
  }
  if (!JSON_OPEN.test(first)) return full || first.trim() !== '' ? 'no' : 'wait';
  if (shape === 'lines' || JSON_KEYS.test(first)) return 'yes';
  return full ? 'no' : 'wait';
}
