// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import type { Source } from '../../domain/assessment.ts';
import { requestTracker } from '../../sites/shipped/request-tracker.ts';
import { siteDescription } from '../../sites/site-description.ts';
import { composerId } from '../composer/watched-composer.ts';
import { capContext, MAX_CONTEXT, readThread } from './read-context.ts';
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

const transaction = (description: string, text: string) =>
  `<div class="transaction Ticket-transaction message"><div class="metadata"><span class="description">
    <span class="user">mia (Mia Berg)</span> - ${description}</span></div>
    <div class="content"><div class="message-stanza">${text}</div></div></div>`;
const page = (...parts: string[]) => new DOMParser().parseFromString(parts.join(''), 'text/html');

it('knows the comments of Request Tracker as internal, in any of its languages', () => {
  const thread = readThread(
    rt,
    page(
      transaction('Ticket created', 'My lamp came late.'),
      transaction('Correspondence added', 'We are sorry. Comments added below.'),
      transaction('Comments added', 'Up to EUR 25.'),
      transaction('Kommentar hinzugefügt', 'Bis EUR 25.'),
    ),
  );
  expect(thread.map(({ text, internal }) => [text, internal])).toEqual([
    ['My lamp came late.', false],
    ['We are sorry. Comments added below.', false],
    ['Up to EUR 25.', true],
    ['Bis EUR 25.', true],
  ]);
});

it('knows internal messages and authors by what they are or hold', () => {
  const site = siteDescription.parse({
    ...requestTracker,
    thread: { each: 'li', author: { customer: '.from', agent: '.by' }, internal: '.note' },
  });
  const thread = readThread(
    site,
    page('<li class="from">a</li><li><b class="by">b</b></li><li class="note">c</li>'),
  );
  expect(thread.map(({ text, author, internal }) => [text, author, internal])).toEqual([
    ['a', 'customer', false],
    ['b', 'agent', false],
    ['c', 'unknown', true],
  ]);
});

it('takes a rich editor and the textarea whose place it takes for one composer', () => {
  const [rich, plain] = rt.composers;
  if (rich === undefined || plain === undefined) throw new Error('two composers expected');
  const at = 'https://desk.example/t';
  expect(composerId(rich, '7', 0, at)).toBe(composerId(plain, '7', 0, at));
  const elsewhere = { ...plain, form: 'form.other' };
  expect(composerId(elsewhere, '7', 0, at)).not.toBe(composerId(rich, '7', 0, at));
});

it('gives a composer the same id in the same thread, another one elsewhere', () => {
  const [at] = rt.composers;
  if (at === undefined) throw new Error('no composer');
  const [one, two] = ['https://desk.example/t?secret=1', 'https://desk.example/t?secret=2'];
  expect(composerId(at, '7', 0, one)).toBe(composerId(at, '7', 0, two));
  expect(composerId(at, '8', 0, one)).not.toBe(composerId(at, '7', 0, one));
  expect(
    composerId({ ...at, field: 'x'.repeat(120) }, 'y'.repeat(200), 19, one).length,
  ).toBeLessThan(81);
  // Without a thread key the address tells two tickets apart, and nothing of it is told.
  expect(composerId(at, '', 0, two)).not.toBe(composerId(at, '', 0, one));
  expect(composerId(at, '', 0, `${one}#reply`)).toBe(composerId(at, '', 0, one));
  expect(composerId(at, '', 0, one)).not.toContain('secret');
});
