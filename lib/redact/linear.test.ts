import { expect, test } from 'vitest';
import { redact } from './redact.ts';

/** A quadratic reading of these would not end within the test's limit. */
test.each([
  '1',
  '1 ',
  '12-',
  '1.',
  '1:',
  'a',
  'a@',
  '@a.',
  'a.',
  '::',
  'ab:',
  'A1',
  'eyJ',
  'eyJaaaaaa.',
  '-',
  '?a=',
  '&token=',
  '://a:',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----\nAAAA',
  'password: ',
  'password:',
  'pw=',
  'token=',
  'bearer ',
  'sk-',
  'ghp_',
  '+49 ',
  '(030) ',
  'tel 1',
  'DE12 ',
  '[card 1]',
  '４',
  '\u200b',
  '\u{1d7d9}',
  'born 1.1.',
  '/reset/',
  'sk-a',
  '4111 1111 1111 1111 ',
])('300 kB of %j on one line', (part) => {
  const { text } = redact(part.repeat(Math.ceil(300_000 / part.length)));
  expect(text.length).toBeGreaterThan(0);
});
