import { beforeAll, expect, test } from 'vitest';
import { CANARY } from './device.ts';
import { violations, type DeviceFacts, type Facts } from './oracle.ts';
import { readCollector } from './snapshot.ts';
import { ask, collectors, newDevice } from './under-test.ts';

let good: Facts;
beforeAll(async () => {
  const device = newDevice();
  await device.record(5);
  await device.decide();
  await device.settle();
  good = {
    devices: [await device.facts()],
    collector: await readCollector(ask, collectors.first.token, device.logids),
    outbound: ['nothing'],
    secrets: [CANARY],
  };
});

/** A copy in which one thing is another. */
function changed(change: (facts: Facts & { devices: [DeviceFacts] }) => unknown): Facts {
  const copy = structuredClone(good);
  const [first] = copy.devices;
  if (first === undefined) throw new Error('There is a device');
  change(Object.assign(copy, { devices: [first] as [DeviceFacts] }));
  return copy;
}

test('what is as it should be has no violation', async () => {
  expect(good.collector[0]?.events.length).toBe(8);
  expect(await violations(good)).toEqual([]);
});

/** Takes an element out. */
const cut = <T>(list: readonly T[], at: number) => (list as T[]).splice(at, 1);
const the = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('It is there');
  return value;
};
const log = (facts: Facts) => the(facts.collector[0]);
const forged = (raw: string) => raw.replace('"n":2', '"n":9');

test.each<[string, Parameters<typeof changed>[0]]>([
  ['I1', ({ devices: [{ rows }] }) => cut(rows.events, 3)],
  ['I1', (facts) => Object.assign(facts, { onlyThere: [{ logid: 'x', seq: 1, hash: 'y' }] })],
  ['I2', (facts) => log(facts).events.push(the(log(facts).events[7]))],
  ['I3', (facts) => cut(log(facts).events, 4)],
  ['I3', (facts) => log(facts).events.reverse()],
  ['I3', (facts) => (the(log(facts).events[3]).raw = forged(the(log(facts).events[3]).raw))],
  ['I3', (facts) => cut(log(facts).events, 7)],
  ['I4', ({ devices: [{ rows }] }) => (the(rows.events[3]).raw = forged(the(rows.events[3]).raw))],
  ['I4', ({ devices: [{ rows }] }) => cut(rows.events, 2)],
  ['I4', ({ devices: [{ rows }] }) => cut(rows.events, 7)],
  ['I4', ({ devices: [{ shown }] }) => (the(shown.verdict.logs[0]).state = 'broken')],
  ['I5', ({ devices: [{ rows }] }) => rows.events.push(the(rows.events[7]))],
  ['I5', ({ devices: [{ rows }] }) => cut(rows.events, 6)],
  ['I5', ({ devices: [{ rows }] }) => cut(rows.events, 7)],
  ['I6', (facts) => (the(log(facts).events[2]).raw += ' ')],
  ['I6', ({ devices: [{ rows }] }) => (the(rows.cursors[0]).ackedHash = '00')],
  ['I7', ({ devices: [{ rows }] }) => (the(rows.cursors[0]).ackedSeq = 5)],
  ['I7', ({ devices: [device] }) => (device.settledInMs = 61_000)],
  ['I8', (facts) => Object.assign(facts, { outbound: [`{"note":"${CANARY}"}`] })],
  ['I9', ({ devices: [{ shownAgain }] }) => (shownAgain.unsynced = 1)],
  ['I9', ({ devices: [{ shownAgain }] }) => shownAgain.held.clear()],
  ['I10', ({ devices: [{ shown }] }) => (shown.unsynced = 1)],
  ['I10', ({ devices: [{ shown }] }) => (shown.problem = 'network')],
  ['I10', ({ devices: [{ rows }] }) => cut(rows.receipts, 0)],
  [
    'I10',
    ({ devices: [{ rows }] }) => {
      const row = the(rows.receipts[0]);
      row.receipt = row.receipt.replace('"eventsCount":8', '"eventsCount":7');
    },
  ],
  ['I10', ({ devices: [{ rows }] }) => (the(rows.cursors[0]).stopped = 'fork')],
])('%s is seen when it does not hold (%#)', async (invariant, change) => {
  const found = await violations(changed(change));
  expect(found.map((text) => text.split(' ')[0])).toContain(invariant);
});
