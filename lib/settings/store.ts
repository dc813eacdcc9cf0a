import { storage } from 'wxt/utils/storage';
import { browser } from '../platform/browser.ts';
import { now } from '../platform/clock.ts';
import type { Settings } from './catalog.ts';
import { inForce, type InForce } from './in-force.ts';
import { readTeamAnywhere, watchMe } from './team-store.ts';
import { heldPolicy, type HeldPolicy } from './team-policy.ts';

/**
 * Where settings live: `storage.local`, which the worker closes to content scripts. Only the worker
 * writes (`settings.apply`); pages of ours read. What the organization set is Chrome's, and read-only.
 */
const item = storage.defineItem<Record<string, unknown>>('local:settings', {
  fallback: {},
  version: 1,
});

/** What the organization had set when it was last recorded; see `recordManaged`. */
const recorded = storage.defineItem<Record<string, unknown>>('local:managed', { fallback: {} });

/** The policy that the collector signed; see `lib/background/take-policy.ts`. */
const teamPolicy = storage.defineItem<unknown>('local:teamPolicy', { fallback: null });

/** The signed policy that is held; null for none. */
export async function readHeldPolicy(): Promise<HeldPolicy | null> {
  return heldPolicy.safeParse(await teamPolicy.getValue()).data ?? null;
}

/** Keeps a policy whose signature was checked; null forgets it. Only the worker calls it. */
export async function writeHeldPolicy(held: HeldPolicy | null): Promise<void> {
  await (held === null ? teamPolicy.removeValue() : teamPolicy.setValue(held));
}

/**
 * How long Chrome may take to say what the organization set, in milliseconds. In a running browser it is
 * one; at the start of one it is seconds, for which what was last recorded stands in.
 */
const SOON_MS = 250;

/** What the organization set, as Chrome holds it; waits until Chrome knows. */
export function readManagedStorage(): Promise<Record<string, unknown>> {
  return browser.storage.managed.get(null);
}

/** What the organization set, at once: what was last recorded until Chrome knows, or when it fails. */
async function managedSoon(): Promise<Record<string, unknown>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), SOON_MS);
  });
  const known = await Promise.race([readManagedStorage().catch(() => null), late]);
  clearTimeout(timer);
  return known ?? recorded.getValue();
}

/** The settings in force, with where each comes from. */
export async function readInForce(): Promise<InForce> {
  return inForceWith(await readHeldPolicy());
}

/** The settings that would be in force with this policy held. */
export async function inForceWith(held: HeldPolicy | null): Promise<InForce> {
  const [stored, managed, team] = await Promise.all([
    item.getValue(),
    managedSoon(),
    readTeamAnywhere(),
  ]);
  return inForce(stored, managed, { held, team, now: now() });
}

/** The settings in force. */
export async function readSettings(): Promise<Settings> {
  return (await readInForce()).settings;
}

/**
 * Calls back with the settings in force after each change in this browser or by the organization, and once
 * when Chrome knows what the organization set; returns how to stop.
 */
export function watchInForce(onChange: (now: InForce) => void): () => void {
  let live = true;
  const tell = () => {
    void readInForce().then((now) => {
      if (live) onChange(now);
    });
  };
  const stop = item.watch(tell);
  const stopPolicy = teamPolicy.watch(tell);
  const stopManaged = watchManaged(tell);
  const stopMe = watchMe(tell);
  return () => {
    live = false;
    stopMe();
    stop();
    stopPolicy();
    stopManaged();
  };
}

/** Calls back when Chrome knows what the organization set, and after each change of it. */
export function watchManaged(onChange: () => void): () => void {
  browser.storage.managed.onChanged.addListener(onChange);
  readManagedStorage().then(onChange, onChange);
  return () => browser.storage.managed.onChanged.removeListener(onChange);
}

/** What the organization set before and sets now, each over what is set in this browser. */
export async function managedChange(): Promise<{
  before: InForce;
  now: InForce;
  /** Keeps what is set now as recorded. */
  keep(): Promise<void>;
}> {
  const [stored, held, before, after] = await Promise.all([
    item.getValue(),
    readHeldPolicy(),
    recorded.getValue(),
    readManagedStorage(),
  ]);
  const policy = { held, now: now() };
  return {
    before: inForce(stored, before, policy),
    now: inForce(stored, after, policy),
    async keep() {
      if (JSON.stringify(before) !== JSON.stringify(after)) await recorded.setValue(after);
    },
  };
}

/** Stores checked values over what is there. Only the worker calls it. */
export async function writeSettings(values: Partial<Settings>): Promise<void> {
  await item.setValue({ ...(await item.getValue()), ...values });
}
