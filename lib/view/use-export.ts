import { useCallback, useState } from 'react';
import { MessagingError } from '../messaging/errors.ts';
import { StoreUnavailable, type StoreProblem } from '../store/errors.ts';
import { useServices } from './services.ts';

/** Lines gathered into one part of the file, so that a long trail is not one long string. */
const LINES_PER_PART = 1_000;
/** How long the browser gets to start writing the file, in milliseconds. */
const REVOKE_MS = 60_000;

/** What stopped an export: the store, or the call that records it; null is a defect of ours. */
export type ExportTrouble =
  | { kind: 'store'; code: StoreProblem }
  | { kind: 'call'; code: MessagingError['code'] }
  | null;

function troubleOf(error: unknown): ExportTrouble {
  if (error instanceof StoreUnavailable) return { kind: 'store', code: error.code };
  return error instanceof MessagingError ? { kind: 'call', code: error.code } : null;
}

/** An export, from not asked for to its end. */
export type ExportState =
  | { state: 'idle' }
  | { state: 'running'; lines: number }
  | { state: 'done'; lines: number }
  | { state: 'failed'; why: ExportTrouble };

/** Hands a file to the browser's downloads. */
export function downloadFile(parts: readonly string[], type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_MS);
}

/**
 * Writes the whole trail as JSON lines, each entry exactly as stored, without texts: content leaves a
 * device only where a policy says so. Ends with an event that says an export was made.
 */
export function useExport() {
  const { reads, call, host, now } = useServices();
  const [made, setMade] = useState<ExportState>({ state: 'idle' });
  const start = useCallback(async () => {
    setMade({ state: 'running', lines: 0 });
    const parts: string[] = [];
    let lines: string[] = [];
    let count = 0;
    let events = 0;
    try {
      const at = now();
      const options = { now: at, extensionVersion: host.version, contents: false };
      for await (const line of reads.exportLines(options)) {
        lines.push(`${line}\n`);
        count += 1;
        if (line.startsWith('{"line":"event"')) events += 1;
        if (lines.length < LINES_PER_PART) continue;
        parts.push(lines.join(''));
        lines = [];
        setMade({ state: 'running', lines: events });
      }
      parts.push(lines.join(''));
      const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '');
      downloadFile(parts, 'application/jsonl', `countersign-${stamp}.jsonl`);
      setMade({ state: 'done', lines: events });
      await call('export.made', { rows: count, format: 'jsonl' });
    } catch (error) {
      setMade({ state: 'failed', why: troubleOf(error) });
    }
  }, [reads, call, host, now]);
  return { made, start };
}
