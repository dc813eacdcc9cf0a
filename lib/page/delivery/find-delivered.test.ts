// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { findAlike, isAmong } from './find-delivered.ts';

const SENT = 'Hello Nadia,\nyour refund of 102 euros is on its way.\nMaya';

it('knows the reply however the page breaks its lines', () => {
  expect(
    isAmong(SENT, ['other', 'Hello Nadia, your refund of 102 euros is on its way. Maya']),
  ).toBe(true);
  expect(isAmong(SENT, [SENT.replace('102', '120')])).toBe(false);
  expect(isAmong('', [''])).toBe(false);
});

it('takes the newest one for a changed reply only when it is much alike', () => {
  const changed = SENT.replace('102', '120');
  expect(findAlike(SENT, ['first message of all', 'middle', changed])).toBe(changed);
  expect(findAlike(SENT, ['first message of all', changed, 'last message of all'])).toBeNull();
  expect(findAlike(SENT, [])).toBeNull();
});
