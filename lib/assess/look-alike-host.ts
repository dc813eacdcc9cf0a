/** Shorter hosts are too alike by chance. */
const LEAST_LENGTH = 8;
const MOST_EDITS = 2;

/**
 * True when one host could be taken for the other: at most two letters differ, or it carries the
 * other's name in front ("acme.example.evil.test"). Equal hosts and subdomains are not look-alikes.
 */
export function isLookAlikeHost(host: string, known: string): boolean {
  if (host === known || host.endsWith(`.${known}`) || known.endsWith(`.${host}`)) return false;
  if (known.length < LEAST_LENGTH || host.length > 255 || known.length > 255) return false;
  if (host.startsWith(`${known}.`) || host.startsWith(`${known}-`)) return true;
  if (Math.abs(host.length - known.length) > MOST_EDITS) return false;
  return editDistance(host, known) <= MOST_EDITS;
}

/** Levenshtein distance; both strings are host names, at most 255 long. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
