import { describe, expect, test } from 'vitest';
import { siteNames } from './site-names.ts';
import { viewItem } from './view.test-support.ts';

const custom = [
  {
    id: 'desk',
    name: 'Acme Desk',
    version: 1,
    origins: ['https://desk.example'],
    kind: 'helpdesk',
    testedOn: null,
  },
  { use: 'request-tracker', origins: ['https://rt.example'] },
];

describe('siteNames', () => {
  const names = siteNames(custom);

  test('a draft has the name of the description it was found by', () => {
    expect(names.nameOf(viewItem({ siteId: 'request-tracker' }))).toBe('Request Tracker');
    expect(names.nameOf(viewItem({ siteId: 'desk' }))).toBe('Acme Desk');
  });

  test('without a description the host stands for the site', () => {
    const origin = 'https://mail.example:8443';
    expect(names.nameOf(viewItem({ siteId: 'any-page', origin }))).toBe('mail.example:8443');
    expect(siteNames([]).nameOf(viewItem({ siteId: 'desk' }))).toBe('desk.example');
  });

  test('an answer is named by its page', () => {
    const answer = viewItem({ kind: 'answer', siteId: 'chat', pageUrl: 'https://desk.example/c' });
    expect(names.nameOf(answer)).toBe('Acme Desk');
    expect(names.nameOf({ ...answer, pageUrl: 'https://chat.example/' })).toBe('desk.example');
  });

  test('an id is named, or null', () => {
    expect(names.named('desk')).toBe('Acme Desk');
    expect(names.named('any-page')).toBeNull();
  });
});
