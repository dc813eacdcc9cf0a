/**
 * A unique id of 32 hex digits. For content scripts: `crypto.randomUUID` is missing in pages without TLS,
 * and a sortable id's library would be their largest part.
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
