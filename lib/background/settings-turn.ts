import { createSerial } from './serial.ts';

const inTurn = createSerial();

/** Changes of settings one at a time: each is written over what it was compared with. */
export function inSettingsTurn<T>(work: () => Promise<T>): Promise<T> {
  return inTurn('settings', work);
}
