import { afterAll, beforeAll } from 'vitest';
import { ENDPOINT, TwoCollectors } from '../collector/two-collectors.ts';
import { FaultDevice } from './device.ts';
import { judge, type More } from './judge.ts';
import { startFaultProxy, type Fault, type FaultProxy } from './proxy.ts';
import type { Ask } from './snapshot.ts';

/** The real collector and the proxy before it, for all suites of this folder: a start is slow. */
export const collectors = new TwoCollectors();
export const ask: Ask = (path, init) => collectors.first.fetch(`${ENDPOINT}${path}`, init);
let running: FaultProxy | null = null;
beforeAll(async () => {
  running = await startFaultProxy(ask);
});
afterAll(() => running?.close());

/** The proxy that runs. */
export function proxy(): FaultProxy {
  if (running === null) throw new Error('The proxy runs while tests do');
  return running;
}

/** From now on nothing fails. */
export function heal(): void {
  proxy().plan = () => ({ do: 'pass' });
}

/** From now on this happens to each push. */
export function harm(fault: Fault): void {
  proxy().plan = ({ method }) => (method === 'POST' ? fault : { do: 'pass' });
}

/** A new device; nothing fails, and nothing was overheard so far. */
export function newDevice(): FaultDevice {
  heal();
  proxy().outbound.length = 0;
  return new FaultDevice(proxy().url, collectors.first.token);
}

/** A device with a history that was sent and a rest that was not. */
export async function inUse(): Promise<FaultDevice> {
  const device = newDevice();
  await device.record(3);
  await device.decide();
  await device.settle();
  await device.record(4);
  await device.decide();
  return device;
}

/** Which invariants do not hold. */
export function judged(devices: readonly FaultDevice[], more: More = {}): Promise<string[]> {
  return judge({ ask, token: collectors.first.token, outbound: proxy().outbound }, devices, more);
}
