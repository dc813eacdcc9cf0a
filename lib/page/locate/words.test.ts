import { expect, it } from 'vitest';
import { anyPage } from '../../sites/shipped/any-page.ts';
import { isOnlyOther, startsWithOne } from './words.ts';

const send = ['send', 'reply', 'comment'];

it.each([
  ['Send', true],
  ['  \n SEND  now ', true],
  ['➤ Send', true],
  ['Reply (Ctrl+Enter)', true],
  ['Sender', false],
  ['Resend', false],
  ['Comments', false],
  ['3 comment', false],
  ['Cancel reply', false],
  ['', false],
])('"%s" begins with a word of Send: %s', (label, expected) => {
  expect(startsWithOne(label, send)).toBe(expected);
});

it('takes signs for words and phrases for one', () => {
  expect(startsWithOne('➤', ['➤'])).toBe(true);
  expect(startsWithOne('Save  and send', ['save and send'])).toBe(true);
});

it.each([
  ['Add file', true],
  ['Save', true],
  ['Preview', true],
  ['Save sender', true],
  ['Add comment', false],
  ['Save and send', false],
  ['Save & reply', false],
  ['Send', false],
  ['Address', false],
])('"%s" only adds, previews or saves: %s', (label, expected) => {
  expect(isOnlyOther(label, ['add', 'save', 'preview'], send)).toBe(expected);
});

it('a phrase that names Send itself is no send', () => {
  expect(isOnlyOther('Send a test', ['send a test'], send)).toBe(true);
  expect(isOnlyOther('Send a test and reply', ['send a test'], send)).toBe(false);
});

it.each(['Save', 'Add', 'Add comment', 'Add your answer', 'Save and send', 'Attach and send'])(
  'any page: a form whose button says "%s" sends',
  (label) => {
    for (const { notASend, send: controls } of anyPage.composers) {
      const sending = controls.flatMap((one) => (typeof one === 'string' ? [] : one.words));
      expect(isOnlyOther(label, notASend.words, sending)).toBe(false);
    }
  },
);

it.each(['Add file', 'Attach', 'Save draft', 'Cancel', 'Search', 'Preview'])(
  'any page: a form whose button says "%s" does not',
  (label) => {
    for (const { notASend, send: controls } of anyPage.composers) {
      const sending = controls.flatMap((one) => (typeof one === 'string' ? [] : one.words));
      expect(isOnlyOther(label, notASend.words, sending)).toBe(true);
    }
  },
);
