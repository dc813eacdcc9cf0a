import { ContentCheck } from './content-check.ts';
import { readExportLine } from './export-format.ts';
import type { Head } from './leaf.ts';
import type { TrailRow } from './verdict.ts';
import { verifyLogs, type DeviceVerdict, type LogFound } from './verify-logs.ts';
import type { KnownHeads } from './verify.ts';

/** What a check of an export says. */
export interface ExportVerdict extends DeviceVerdict {
  /** When and by which version the export was made; null without a readable header. */
  header: { exportedAt: string; extensionVersion: string } | null;
  /** Numbers of the lines that are not in the format, from 1. */
  unreadable: number[];
}

type Lines = () => Iterable<string> | AsyncIterable<string>;

async function* rowsOf(lines: Lines, logid: string): AsyncGenerator<TrailRow> {
  for await (const text of lines()) {
    const line = readExportLine(text);
    if (line?.line === 'event' && line.logid === logid) {
      yield { seq: line.seq, raw: line.raw, hash: line.hash };
    }
  }
}

/**
 * Checks an export (`docs/trail.md`). `lines` is read once for what stands beside the entries and once
 * per log, so nothing but counts is kept. `known` are heads that the reader has from elsewhere: an
 * export alone proves no more than the device that wrote it.
 */
export async function verifyExport(
  lines: Lines,
  options: { known: readonly Head[]; onProgress?: (done: number) => void },
): Promise<ExportVerdict> {
  const contents = new ContentCheck();
  const heads = new Map<string, KnownHeads>();
  const unreadable: number[] = [];
  let header: ExportVerdict['header'] = null;
  let number = 0;
  for await (const text of lines()) {
    number += 1;
    const line = readExportLine(text);
    const place = line !== null && 'logid' in line ? (heads.get(line.logid) ?? {}) : {};
    // A header elsewhere, or a second end of one log, is no line of this format.
    const misplaced =
      (line?.line === 'header') !== (number === 1) || (line?.line === 'log' && place.saved);
    if (line === null || misplaced) {
      unreadable.push(number);
      continue;
    }
    if (line.line === 'header') {
      header = { exportedAt: line.exportedAt, extensionVersion: line.extensionVersion };
    } else if (line.line === 'content') {
      contents.add(line);
    } else if (line.line === 'log') {
      const { logid, head, synced } = line;
      heads.set(logid, {
        ...place,
        saved: { ...head, logid },
        synced: synced === null ? undefined : { ...synced, logid },
      });
    } else if (line.line === 'receipt') {
      const { logid, seq, hash } = line;
      const newer = place.witnessed === undefined || place.witnessed.seq < seq;
      heads.set(logid, newer ? { ...place, witnessed: { logid, seq, hash } } : place);
    } else if (!heads.has(line.logid)) {
      heads.set(line.logid, place);
    }
  }
  for (const head of options.known) {
    if (!heads.has(head.logid)) heads.set(head.logid, {});
  }
  const found: LogFound[] = [...heads].map(([logid, place]) => ({
    logid,
    heads: { ...place, mirror: options.known.find((head) => head.logid === logid) },
    rows: () => rowsOf(lines, logid),
  }));
  const { onProgress } = options;
  const verdict = await verifyLogs(found, { contents, ...(onProgress && { onProgress }) });
  const partly = unreadable.length > 0 || header === null;
  const state = partly && verdict.state === 'verified' ? 'not-evaluated' : verdict.state;
  return { ...verdict, state, header, unreadable };
}
