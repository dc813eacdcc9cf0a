import { contentDigest, DIGEST_HEADER } from '../lib/protocol/headers.ts';
import { Refusal } from './refusal.ts';

/** The body's bytes. Throws `Refusal` when there are more than `max`; reads no further than that. */
async function readBytes(request: Request, max: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > max) throw new Refusal('too-large');
  // Nothing is inflated here, so no small body can become a large one.
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') throw new Refusal('unsupported-encoding');
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > max) throw new Refusal('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** Deepest nesting of a body. Schemas walk a value by recursion: a deeper one would end their stack. */
const MAX_DEPTH = 40;

function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
  }
  return false;
}

/**
 * A JSON body of one media type. Throws `Refusal` for too many bytes, another digest than the header
 * says, broken UTF-8, a byte order mark, and anything but one JSON value.
 */
export async function readJson(
  request: Request,
  options: { type: string; max: number; digest: 'required' | 'optional' },
): Promise<unknown> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== options.type) throw new Refusal('request-invalid');
  const bytes = await readBytes(request, options.max);
  const digest = request.headers.get(DIGEST_HEADER);
  if (digest === null ? options.digest === 'required' : digest !== contentDigest(bytes)) {
    throw new Refusal('digest-mismatch');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (isDeep(value)) throw new Refusal('request-invalid');
    return value;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) {
      throw new Refusal('request-invalid');
    }
    throw error;
  }
}
