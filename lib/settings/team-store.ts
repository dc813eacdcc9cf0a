import { storage } from 'wxt/utils/storage';
import * as z from 'zod/mini';
import { meReply } from '../protocol/team.ts';

const me = z.omit(meReply, { permissions: true });
/** Who this device is for its collector. */
export type Me = z.infer<typeof me>;

const teamState = z.object({
  /** The collector that all this is about. */
  endpoint: z.string(),
  /** Who this device is for it; null until it said so, and after access has ended. */
  me: z.nullable(me),
  /** Where in its feed this device is; null for not yet begun. */
  cursor: z.nullable(z.string()),
  /** Names the credential that was refused after it had worked (a hash); '' while access stands. */
  endedWith: z.string(),
  /** Not asked again before, in milliseconds since 1970. */
  nextAt: z.number(),
  /** Failures in a row. */
  attempt: z.number(),
  lastOkAt: z.nullable(z.number()),
  lastProblem: z.nullable(z.object({ at: z.number(), code: z.string(), detail: z.string() })),
});
export type TeamState = z.infer<typeof teamState>;

/** Before a collector said anything. */
export const NO_TEAM: TeamState = {
  endpoint: '',
  me: null,
  cursor: null,
  endedWith: '',
  nextAt: 0,
  attempt: 0,
  lastOkAt: null,
  lastProblem: null,
};

const item = storage.defineItem<unknown>('local:team', { fallback: null });

/** What the collector at `endpoint` told this device; nothing of what another told. */
export async function readTeam(endpoint: string): Promise<TeamState> {
  const read = teamState.safeParse(await item.getValue());
  return read.success && read.data.endpoint === endpoint ? read.data : { ...NO_TEAM, endpoint };
}

/** Keeps it. Only the worker's pull calls it. */
export function writeTeam(state: TeamState): Promise<void> {
  return item.setValue(state);
}

/** What the collector of any address told last; null when none did. */
export async function readTeamAnywhere(): Promise<TeamState | null> {
  return teamState.safeParse(await item.getValue()).data ?? null;
}

/** Calls back when the collector said that this device is somebody else; returns how to stop. */
export function watchMe(onChange: () => void): () => void {
  const whoIs = (value: unknown) => {
    const read = teamState.safeParse(value).data;
    return JSON.stringify([read?.endpoint, read?.me ?? null]);
  };
  return item.watch((now, before) => {
    if (whoIs(now) !== whoIs(before)) onChange();
  });
}
