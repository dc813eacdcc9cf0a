// @vitest-environment happy-dom
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '../../domain/canonical.ts';
import { planChange } from './change.ts';
import type { Line } from './lines.ts';
import { pasted } from './pasted.ts';
import { droppedMarks, sameLines, verifyChange } from './verify.ts';

const place = { node: document.createTextNode(''), offset: 0 };

const line = (text: string, more: Partial<Line> = {}): Line => ({
  text,
  role: 'body',
  from: place,
  to: place,
  paragraph: 0,
  marks: new Set(),
  links: [],
  ...more,
});

const lines = (text: string): Line[] =>
  text.split('|').map((words, paragraph) => line(words, { paragraph }));

const plan = (before: string, first: number, last: number, text: string, keepsBlank = false) =>
  planChange(lines(before), { firstBlock: first, lastBlock: last }, text, keepsBlank);

test.each([
  ['only what differs', 'Hi|a|b|c|Bye', 1, 3, 'a\nB\nc', { first: 2, last: 2, text: ['B'] }],
  ['all', 'Hi|a|b|Bye', 1, 2, 'x\ny\nz', { first: 1, last: 2, text: ['x', 'y', 'z'] }],
  [
    'a line more takes its neighbour along',
    'a|b',
    0,
    1,
    'a\nb\nc',
    { first: 1, last: 1, text: ['b', 'c'] },
  ],
  ['a line in front', 'a|b', 0, 1, 'x\na\nb', { first: 0, last: 0, text: ['x', 'a'] }],
  ['a line less', 'a|b|c', 0, 2, 'a\nc', { first: 0, last: 1, text: ['a'] }],
  [
    'empty paragraphs at its edges stay',
    'a||b||c',
    0,
    4,
    'a\n\nB\n\nc',
    { first: 2, last: 2, text: ['B'] },
  ],
  ['line breaks of any kind', 'a|b', 0, 1, 'a\r\nB', { first: 1, last: 1, text: ['B'] }],
  ['spaces do not count', 'a  b', 0, 0, 'a b', 'nothing'],
  ['nothing new', 'a|b', 0, 1, 'a\nb', 'nothing'],
  ['no text', 'a|b', 0, 1, ' \n', null],
  ['outside the composer', 'a|b', 1, 2, 'x', null],
  ['backwards', 'a|b', 1, 0, 'x', null],
])('%s', (_name, before, first, last, text, expected) => {
  expect(plan(before, first, last, text)).toEqual(expected);
});

test('in native fields blank lines are text', () => {
  expect(plan('a||b', 0, 2, 'a\nb', true)).toEqual({ first: 0, last: 1, text: ['a'] });
});

const word = fc.constantFrom('a', 'b', 'c', '', ' ');

test('whatever the texts: the change carried out reads as the new text, and nothing else moved', () => {
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 8 }),
      fc.array(word, { minLength: 1, maxLength: 8 }),
      fc.nat(7),
      fc.nat(7),
      fc.boolean(),
      (old, next, from, size, keepsBlank) => {
        const firstBlock = from % old.length;
        const lastBlock = Math.min(old.length - 1, firstBlock + size);
        const before = old.map((text) => line(text));
        const text = next.join('\n');
        const change = planChange(before, { firstBlock, lastBlock }, text, keepsBlank);
        if (change === null) {
          expect(canonicalText(text)).toBe('');
          return;
        }
        const after =
          change === 'nothing'
            ? old
            : [...old.slice(0, change.first), ...change.text, ...old.slice(change.last + 1)];
        const wanted = [...old.slice(0, firstBlock), ...next, ...old.slice(lastBlock + 1)];
        expect(canonicalText(after.join('\n'))).toBe(canonicalText(wanted.join('\n')));
        if (change === 'nothing') return;
        expect(change.first).toBeGreaterThanOrEqual(firstBlock);
        expect(change.last).toBeLessThanOrEqual(lastBlock);
        const now = after.map((words) => line(words));
        expect(verifyChange(before, now, change).reason).toBe('');
      },
    ),
  );
});

const around = [
  line('Hi'),
  line('draft'),
  line('see us', { links: [{ text: 'us', href: 'u' }], marks: new Set(['links']) }),
];
const change = { first: 1, last: 1, text: ['new', 'words'] };
const [hi, , us] = around;

test.each([
  ['right', [line('Hi'), line('new'), line(''), line('words'), us ?? line('')], ''],
  ['old text kept', [...around], 'model-differs'],
  [
    'new in front of old',
    [line('Hi'), line('new'), line('words'), line('draft'), us ?? line('')],
    'model-differs',
  ],
  ['nothing below any more', [line('Hi'), line('new'), line('words')], 'outside-changed'],
  ['own line joined to it', [line('Hi'), line('new'), line('wordssee us')], 'outside-changed'],
  [
    'a link below lost',
    [line('Hi'), line('new'), line('words'), line('see us')],
    'outside-changed',
  ],
  [
    'a link in it',
    [
      hi ?? line(''),
      line('new'),
      line('words', { links: [{ text: 'words', href: 'https://x.test/' }] }),
      us ?? line(''),
    ],
    'model-differs',
  ],
  ['empty', [], 'outside-changed'],
])('verify: %s', (_name, after, reason) => {
  expect(verifyChange(around, after, change).reason).toBe(reason);
});

test('verify: an address may link to itself', () => {
  const links = [{ text: 'https://x.test/a', href: 'https://x.test/a/' }];
  const after = [line('https://x.test/a', { links })];
  const only = { first: 0, last: 0, text: ['https://x.test/a'] };
  expect(verifyChange([line('draft')], after, only).reason).toBe('');
});

test('formatting that went is named, formatting that stayed is not', () => {
  const before = [line('a', { marks: new Set(['links', 'bold', 'lists']) })];
  const written = [line('b', { marks: new Set(['lists']) })];
  expect(droppedMarks(before, { first: 0, last: 0, text: ['b'] }, written)).toEqual([
    'bold',
    'links',
  ]);
});

test('same lines: blank ones do not count, formatting does', () => {
  expect(sameLines([line('a'), line('')], [line('a')])).toBe(true);
  expect(sameLines([line('a')], [line('a', { marks: new Set(['bold']) })])).toBe(false);
});

function root(className: string): Element {
  const element = document.createElement('div');
  element.className = className;
  return element;
}

test.each([
  ['', 'a & <b>\nc', ''],
  ['cke_editable', 'a & <b>\n\nc', '<p>a &amp; &lt;b&gt;</p><p>c</p>'],
  ['tiptap ProseMirror', 'a & <b>\nc', '<p>a &amp; &lt;b&gt;</p><p>c</p>'],
  ['ck-editor__editable', 'a & <b>\n\nc', ''],
])('pasted into an editor of class "%s"', (className, text, html) => {
  const all = { first: 0, last: 1, text: ['a & <b>', 'c'] };
  expect(pasted(root(className), lines('x|y'), all)).toEqual({ text, html });
});

test('pasted lines of one paragraph stay in it', () => {
  const one = [line('x'), line('y'), line('own')];
  const all = { first: 0, last: 1, text: ['a', 'b'] };
  expect(pasted(root('cke_editable'), one, all)).toEqual({ text: 'a\nb', html: 'a<br>b' });
});
