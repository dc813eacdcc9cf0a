import { expect, test } from 'vitest';
import { textRoles } from './text-roles.ts';

const roles = (text: string) =>
  textRoles(text.split('\n').map((line) => ({ text: line, role: 'body' })))
    .map((role) => role[0])
    .join('');

test.each([
  ['plain reply', 'Hello\n\nThanks', 'bbb'],
  ['signature, delimiter with and without its space', 'Hi\n-- \nAda\nSupport', 'bsss'],
  ['signature without the space', 'Hi\n--\nAda', 'bss'],
  ['quote below', 'Hi\nOn 3 Nov 2026, Tom <t@example.test> wrote:\n> a\n> b', 'bqqq'],
  ['own text between quotes', '> a\nmine\n> b\nalso mine', 'qbqb'],
  ['German attribution', 'Hallo\nAm 03.11.2026 um 10:11 schrieb Tom Test:\n> a', 'bqq'],
  ['a sentence that ends in "wrote:" without a date is no attribution', 'As you wrote:\nHi', 'bb'],
  ['original message', 'Hi\n-----Original Message-----\nFrom: a\nanything', 'bqqq'],
  ['mail header', 'Hi\nFrom: Tom\nSent: Monday\nTo: me\nold text', 'bqqqq'],
  ['a "From:" alone is no header', 'From: Monday on we close.\nOpen again at nine.', 'bb'],
  ['quote below the signature', 'Hi\n-- \nAda\n> old', 'bssq'],
])('%s', (_name, text, expected) => {
  expect(roles(text)).toBe(expected);
});

test('a long paragraph under the delimiter is no signature', () => {
  expect(roles(`Hi\n-- \nAda\n${'word '.repeat(40)}\nmore`)).toBe('bssbb');
});

test('a signature has an end', () => {
  expect(roles(`-- \n${Array(20).fill('line').join('\n')}`)).toBe('s'.repeat(13) + 'b'.repeat(8));
});

test('what an element says stays', () => {
  expect(
    textRoles([
      { text: 'a', role: 'quote' },
      { text: 'b', role: 'signature' },
    ]),
  ).toEqual(['quote', 'signature']);
});
