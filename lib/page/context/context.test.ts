// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import type { Source } from '../../domain/assessment.ts';
import { requestTracker } from '../../sites/shipped/request-tracker.ts';
import { siteDescription } from '../../sites/site-description.ts';
import { composerId } from '../composer/watched-composer.ts';
import { capContext, MAX_CONTEXT } from './read-context.ts';
import { threadPageUrl } from './thread-page.ts';

const rt = siteDescription.parse(requestTracker);

it.each([
  [
    'https://rt.test/rt/Ticket/Update.html?Action=Respond&id=7',
    '7',
    'https://rt.test/rt/Helpers/TicketHistory?id=7',
  ],
  [
    'https://rt.test/Ticket/Update.html',
    '7&x=1',
    'https://rt.test/Helpers/TicketHistory?id=7%26x%3D1',
  ],
  ['https://rt.test/Ticket/Display.html?id=7', '7', null],
  ['https://rt.test/Ticket/Update.html', '', null],
  ['not an address', '7', null],
])('the thread of %s with key %s is at %s', (page, key, expected) => {
  expect(threadPageUrl(rt, page, key)).toBe(expected);
});

it('never leaves the origin', () => {
  const site = siteDescription.parse({
    ...requestTracker,
    thread: { each: 'p', page: { insteadOf: '/a', path: '//evil.test/', query: 'id' } },
  });
  expect(threadPageUrl(site, 'https://rt.test/a', '7')).toBeNull();
});

it('keeps records and the newest messages when there is too much', () => {
  const entry = (id: string, kind: Source['kind'], length: number): Source => ({
    id,
    kind,
    title: '',
    url: null,
    text: 'x'.repeat(length),
    internal: false,
    author: 'unknown',
  });
  const kept = capContext([
    entry('record', 'record', 10),
    entry('old', 'thread', MAX_CONTEXT),
    entry('newer', 'thread', MAX_CONTEXT - 50),
    entry('newest', 'thread', 20),
  ]);
  expect(kept.map((one) => [one.id, one.text.length])).toEqual([
    ['record', 10],
    ['old', 20],
    ['newer', MAX_CONTEXT - 50],
    ['newest', 20],
  ]);
});

it('gives a composer the same id in the same thread, another one elsewhere', () => {
  const [at] = rt.composers;
  if (at === undefined) throw new Error('no composer');
  expect(composerId(at, '7', 0)).toBe(composerId(at, '7', 0));
  expect(composerId(at, '8', 0)).not.toBe(composerId(at, '7', 0));
  expect(composerId({ ...at, id: 'x'.repeat(120) }, 'y'.repeat(200), 19).length).toBeLessThan(81);
});
