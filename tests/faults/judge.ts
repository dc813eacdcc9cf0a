import { CANARY, type FaultDevice } from './device.ts';
import { violations, type Facts } from './oracle.ts';
import { readCollector, type Ask } from './snapshot.ts';

export type More = Pick<Facts, 'onlyThere' | 'mayTakeMs'>;

/** Reads devices and collector, and says which invariants do not hold. */
export async function judge(
  where: { ask: Ask; token: string; outbound: readonly string[] },
  devices: readonly FaultDevice[],
  more: More,
): Promise<string[]> {
  const { ask, token, outbound } = where;
  const facts = await Promise.all(devices.map((device) => device.facts()));
  const logids = devices.flatMap((device) => [...device.logids]);
  const collector = await readCollector(ask, token, logids);
  return violations({ devices: facts, collector, outbound, secrets: [CANARY, token], ...more });
}
