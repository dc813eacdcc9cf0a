import type { ContentCheck } from './content-check.ts';
import type { Head } from './leaf.ts';
import type { TrailRow, TrailVerdict } from './verdict.ts';
import { verifyTrail, type KnownHeads } from './verify.ts';

/** One log of a device, as it was found. */
export interface LogFound {
  logid: string;
  heads: KnownHeads;
  rows: () => Iterable<TrailRow> | AsyncIterable<TrailRow>;
  /** The last entry of an earlier check: `rows` begin after it. */
  since?: Head | undefined;
  /** What the log's first entry linked, when an earlier check read it (`since`). */
  previous?: Head | null;
}

/** What a check of all logs of a device says. */
export interface DeviceVerdict {
  /** The worst of the logs; `broken` also when a stored text belongs to no entry. */
  state: TrailVerdict['state'];
  /** In the order given: newest first. */
  logs: TrailVerdict[];
  /** Sums over the logs. `total` counts the entries that the saved heads promise. */
  count: number;
  total: number;
  synced: number;
  witnessed: number;
  contents: { matching: number; missing: number; unnamed: number };
}

/**
 * Checks all logs of one device, newest first: each log's first entry links the last known entry of
 * the log before, so a log that was lost shows, and one that is here can't be cut.
 */
export async function verifyLogs(
  found: readonly LogFound[],
  options: {
    contents?: ContentCheck;
    /** Entries read so far, over all logs. */
    onProgress?: (done: number) => void;
    signal?: AbortSignal | undefined;
  },
): Promise<DeviceVerdict> {
  const { contents, onProgress, signal } = options;
  const links = new Map<string, Head>();
  const logs: TrailVerdict[] = [];
  let count = 0;
  let total = 0;
  for (const { logid, heads, rows, since, previous } of found) {
    const before = count;
    const verdict = await verifyTrail(rows(), {
      logid,
      heads: { ...heads, linked: links.get(logid) },
      since,
      contents,
      onProgress: (done) => onProgress?.(before + done),
      signal,
    });
    const link = since === undefined ? verdict.previous : (previous ?? null);
    if (link !== null) {
      links.set(link.logid, link);
      if (!found.some((log) => log.logid === link.logid)) {
        verdict.unevaluated.push('log-lost');
        if (verdict.state === 'verified') verdict.state = 'not-evaluated';
      }
    }
    logs.push(verdict);
    count += verdict.count;
    total += heads.saved === undefined ? verdict.count : heads.saved.seq + 1 - verdict.from;
  }
  const texts = contents?.counts ?? { matching: 0, missing: 0, unnamed: 0 };
  const partial = found.some((log) => log.since !== undefined);
  // A check of a part can't say that no entry names a text.
  if (partial) texts.unnamed = 0;
  const broken = texts.unnamed > 0 || logs.some((log) => log.state === 'broken');
  const open = logs.length === 0 || logs.some((log) => log.state === 'not-evaluated');
  return {
    state: broken ? 'broken' : open ? 'not-evaluated' : 'verified',
    logs,
    count,
    total,
    synced: logs.reduce((sum, log) => sum + log.synced, 0),
    witnessed: logs.reduce((sum, log) => sum + log.witnessed, 0),
    contents: texts,
  };
}
