import { base64UrlToHash, leafHash, ZERO_HASH, type Head } from '../../lib/audit/leaf.ts';
import { receipt, verifyReceipt } from '../../lib/protocol/receipt.ts';
import type { EventRow } from '../../lib/store/rows.ts';
import { verifySignature } from '../../lib/sync/verify-signature.ts';
import type { DeviceRows, HeldLog, Shown } from './snapshot.ts';

/**
 * What must hold whatever failed. I1 nothing that was shown as done is lost · I2 the collector holds each
 * (log, number) once · I3 without a gap and in order · I4 each break is reported with its place · I5 at
 * most one effect per decision, none without its event · I6 both sides agree on what was acknowledged ·
 * I7 within a minute of the last fault all is acknowledged · I8 no text of a person and no token leaves ·
 * I9 nothing that is shown lives in memory only · I10 what is shown is what is so.
 */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10';

/** One device as the oracle sees it. */
export interface DeviceFacts {
  rows: DeviceRows;
  shown: Shown;
  /** The same read by a process started anew. */
  shownAgain: Shown;
  /** Entries whose writing was reported done. */
  promised: readonly Head[];
  /** By its own clock, from the last fault to the end of sending; null when nothing was sent since. */
  settledInMs: number | null;
}

/** All that is judged. */
export interface Facts {
  devices: readonly DeviceFacts[];
  collector: readonly HeldLog[];
  /** Entries that only the collector has, because their device was wiped after it acknowledged them. */
  onlyThere?: readonly Head[];
  /** All bytes that left, without the header that carries the token; and what may not be among them. */
  outbound?: readonly string[];
  secrets?: readonly string[];
  /** Longest time to settle, in milliseconds, where more than a minute was asked for by the endpoint. */
  mayTakeMs?: number | undefined;
}

/** Longest time from the last fault until all is acknowledged, in milliseconds. */
const SETTLE_MS = 60_000;

const keyOf = ({ logid, seq }: { logid: string; seq: number }) => `${logid} ${seq}`;
const dataOf = (row: EventRow): Record<string, unknown> => JSON.parse(row.raw).data ?? {};

/** What is wrong, each with its invariant and its place; empty when all hold. */
export async function violations(facts: Facts): Promise<string[]> {
  const found: string[] = [];
  const say = (invariant: Invariant, what: string) => found.push(`${invariant} ${what}`);
  checkCollector(facts, say);
  checkLeaks(facts, say);
  for (const device of facts.devices) {
    checkPromises(facts, device, say);
    checkDeviceChain(device, say);
    checkEffects(device, say);
    checkAgreement(facts, device, say);
    checkSettled(facts, device, say);
    if (JSON.stringify(plain(device.shown)) !== JSON.stringify(plain(device.shownAgain))) {
      say('I9', 'a process started anew shows something else');
    }
    await checkShown(facts, device, say);
  }
  return found;
}

type Say = (invariant: Invariant, what: string) => void;

const plain = ({ held, ...rest }: Shown) => ({ ...rest, held: [...held] });

/** Where a log first is not what a chain is; null when it is one. By the published rule, not our code. */
function chainBreak(
  logid: string,
  entries: readonly { seq: number; hash: string; raw: string }[],
): { seq: number; what: string } | null {
  let before = ZERO_HASH;
  for (const [at, { seq, hash, raw }] of entries.entries()) {
    if (seq !== at) return { seq: at, what: `entry ${seq} stands where ${at} belongs` };
    const event = JSON.parse(raw);
    if (leafHash(raw) !== hash) return { seq, what: 'the text is not what the fingerprint says' };
    if (event.source !== `urn:uuid:${logid}` || Number(event.sequence) !== seq) {
      return { seq, what: 'it belongs elsewhere' };
    }
    if (base64UrlToHash(event.prevhash) !== before) {
      return { seq, what: 'it does not follow the one before' };
    }
    before = hash;
  }
  return null;
}

function checkCollector({ collector }: Facts, say: Say): void {
  for (const { logid, head, events } of collector) {
    const seqs = new Set(events.map((event) => event.seq));
    if (seqs.size !== events.length) say('I2', `${logid}: a number is held twice`);
    const broken = chainBreak(logid, events);
    if (broken !== null) say('I3', `collector ${logid} ${broken.seq}: ${broken.what}`);
    const last = events.at(-1);
    if ((head?.seq ?? -1) !== (last?.seq ?? -1) || (last && head?.hash !== last.hash)) {
      say('I3', `collector ${logid}: the head is not the last entry`);
    }
  }
}

function checkLeaks({ outbound = [], secrets = [] }: Facts, say: Say): void {
  for (const secret of secrets) {
    if (outbound.some((text) => text.includes(secret))) say('I8', `${secret} left the device`);
  }
}

function checkPromises({ collector, onlyThere = [] }: Facts, device: DeviceFacts, say: Say): void {
  const { heads, events } = device.rows;
  const here = new Map(events.map((row) => [keyOf(row), row.hash]));
  const there = new Map(
    collector.flatMap(({ logid, events: held }) =>
      held.map((event) => [keyOf({ logid, seq: event.seq }), event.hash]),
    ),
  );
  const said = heads.flatMap(({ previous }) => (previous === null ? [] : [previous]));
  for (const entry of device.promised) {
    if (here.get(keyOf(entry)) === entry.hash) continue;
    // What the browser threw away is a loss that must be said, up to this entry at least.
    const end = heads.find((head) => head.logid === entry.logid);
    const isGone = end === undefined || end.seq < entry.seq;
    if (isGone && said.some((link) => link.logid === entry.logid && link.seq >= entry.seq))
      continue;
    say('I1', `${keyOf(entry)} was done and is not here`);
  }
  for (const entry of onlyThere) {
    if (there.get(keyOf(entry)) !== entry.hash) {
      say('I1', `${keyOf(entry)} was acknowledged and is nowhere`);
    }
  }
}

function checkDeviceChain({ rows, shown }: DeviceFacts, say: Say): void {
  const { verdict } = shown;
  for (const { logid, seq, hash } of rows.heads) {
    const log = rows.events.filter((row) => row.logid === logid).sort((a, b) => a.seq - b.seq);
    const last = log.at(-1);
    const links = rows.heads.flatMap(({ previous }) => (previous === null ? [] : [previous]));
    const linked = links.find((link) => link.logid === logid)?.seq ?? -1;
    const isWhole = last?.seq === seq && last.hash === hash && linked <= seq;
    const broken =
      chainBreak(logid, log) ??
      (isWhole ? null : { seq: Math.min(seq, last?.seq ?? -1) + 1, what: 'the end is cut off' });
    const told = verdict.logs.find((each) => each.logid === logid);
    if (broken === null) {
      if (told?.state === 'broken') say('I4', `${logid}: called broken and is whole`);
      continue;
    }
    const named = told?.breaks.some((place) => place.seq <= broken.seq && broken.seq <= place.to);
    if (named !== true) say('I4', `${logid} ${broken.seq}: ${broken.what}, and nothing says so`);
    if (verdict.state !== 'broken') say('I4', `${logid}: the trail check says ${verdict.state}`);
  }
}

function checkEffects({ rows }: DeviceFacts, say: Say): void {
  const decided = new Map<unknown, number>();
  const applied = new Map<unknown, number>();
  for (const row of rows.events) {
    const { decisionId } = dataOf(row);
    const counts = row.type === 'effect.applied' ? applied : decided;
    const counted = row.type === 'effect.applied' || row.type.startsWith('decision.');
    if (counted) counts.set(decisionId, (counts.get(decisionId) ?? 0) + 1);
  }
  for (const [decisionId, times] of applied) {
    if (times > 1) say('I5', `${String(decisionId)} was carried out ${times} times`);
    if (!decided.has(decisionId)) say('I5', `${String(decisionId)} was carried out undecided`);
  }
  for (const { decisionId, state } of rows.effects) {
    if (!decided.has(decisionId)) say('I5', `${decisionId} has an effect and no event`);
    if (state === 'applied' && !applied.has(decisionId)) {
      say('I5', `${decisionId} was carried out and no event says so`);
    }
  }
}

function checkAgreement({ collector }: Facts, { rows }: DeviceFacts, say: Say): void {
  for (const { logid, ackedSeq, ackedHash } of rows.cursors) {
    if (ackedSeq < 0) continue;
    const held = collector.find((log) => log.logid === logid);
    const theirs = new Map(held?.events.map((event) => [event.seq, event.raw]));
    const own = rows.events.filter((row) => row.logid === logid && row.seq <= ackedSeq);
    if (own.find((row) => row.seq === ackedSeq)?.hash !== ackedHash) {
      say('I6', `${logid} ${ackedSeq}: the cursor is not about our own entry`);
    }
    const other = own.find((row) => theirs.get(row.seq) !== row.raw);
    if (other !== undefined)
      say('I6', `${logid} ${other.seq}: acknowledged and not the same there`);
  }
}

function checkSettled(facts: Facts, device: DeviceFacts, say: Say): void {
  const { rows, settledInMs } = device;
  if (settledInMs === null) return;
  const most = facts.mayTakeMs ?? SETTLE_MS;
  if (settledInMs > most) say('I7', `settled after ${settledInMs} ms`);
  for (const { logid, seq } of rows.heads) {
    const cursor = rows.cursors.find((row) => row.logid === logid);
    if (cursor?.stopped !== undefined) continue;
    const acked = cursor?.ackedSeq ?? -1;
    if (acked !== seq) say('I7', `${logid}: ${acked} of ${seq} acknowledged`);
    const held = facts.collector.find((log) => log.logid === logid)?.head?.seq ?? -1;
    if (held !== seq) say('I7', `${logid}: the collector holds ${held} of ${seq}`);
  }
}

async function checkShown(facts: Facts, { rows, shown, settledInMs }: DeviceFacts, say: Say) {
  const acked = new Map(rows.cursors.map((row) => [row.logid, row.ackedSeq]));
  const waiting = rows.heads.reduce(
    (sum, { logid, seq }) => sum + Math.max(0, seq - (acked.get(logid) ?? -1)),
    0,
  );
  if (shown.unsynced !== waiting) say('I10', `${shown.unsynced} shown as waiting of ${waiting}`);
  const signed = new Map<string, number>();
  for (const row of rows.receipts) {
    const read = receipt.safeParse(JSON.parse(row.receipt));
    const own = rows.events.find((event) => event.logid === row.logid && event.seq === row.seq);
    const fits =
      read.success &&
      read.data.logid === row.logid &&
      read.data.seq === row.seq &&
      read.data.hash === own?.hash;
    if (!fits) {
      say('I10', `${keyOf(row)}: kept a receipt that is not about our entry`);
      continue;
    }
    const key = rows.sync[0]?.collectorKey ?? null;
    // Of an endpoint before this one the key is not known any more.
    const isOther = key === null || read.data.key !== key.id;
    if (!isOther && !(await verifyReceipt(read.data, key, verifySignature))) {
      say('I10', `${keyOf(row)}: kept a receipt that nobody signed`);
      continue;
    }
    signed.set(row.logid, Math.max(row.seq, signed.get(row.logid) ?? -1));
  }
  for (const row of rows.events) {
    const tick = shown.held.get(keyOf(row)) ?? 'here';
    if (tick === 'witnessed' && (signed.get(row.logid) ?? -1) < row.seq) {
      say('I10', `${keyOf(row)}: shown as witnessed, and nobody signed`);
    }
    if (tick === 'synced' && (acked.get(row.logid) ?? -1) < row.seq) {
      say('I10', `${keyOf(row)}: shown as synced, and was not acknowledged`);
    }
  }
  const isStopped = rows.cursors.some((row) => row.stopped !== undefined);
  if (isStopped && shown.problem === null) say('I10', 'a log is stopped, and nothing says so');
  if (settledInMs !== null && shown.problem !== null && !isStopped) {
    say('I10', `all is sent, and ${shown.problem} is shown`);
  }
  const stops = new Set(rows.cursors.map((row) => row.stopped));
  if (settledInMs !== null && shown.problem !== null && !stops.has(shown.problem)) {
    say('I10', `${shown.problem} is shown, and what is stopped is stopped by another cause`);
  }
}
