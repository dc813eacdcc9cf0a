import type * as z from 'zod/mini';
import { readEvent, type TrailEvent } from '../audit/event-read.ts';
import { leafHash } from '../audit/leaf.ts';
import type { historyEntry } from '../protocol/history.ts';

/** An entry of the team's history as this browser read it. */
export interface TeamRow {
  logid: string;
  seq: number;
  hash: string;
  raw: string;
  /** Member who brought it; '' for nobody known. */
  member: string;
  /** Wall clock of the device that wrote it, milliseconds since 1970; 0 when it can't be read. */
  time: number;
  /** Null when it can't be read. */
  event: TrailEvent | null;
  /** Whether the entry has the fingerprint that the collector gives for it. */
  isIntact: boolean;
}

/** Reads what the collector gave; its word for a fingerprint is checked, not believed. */
export function teamRow(entry: z.infer<typeof historyEntry>): TeamRow {
  const { logid, seq, hash, raw, member } = entry;
  const read = readEvent(raw);
  const event = read.ok ? read.event : null;
  const isPlaced = event?.logid === logid && event.seq === seq;
  return {
    logid,
    seq,
    hash,
    raw,
    member,
    time: event?.time ?? 0,
    event,
    isIntact: isPlaced && leafHash(raw) === hash,
  };
}

/** One name per entry. */
export const keyOfTeamRow = ({ logid, seq }: TeamRow): string => `${logid} ${seq}`;
