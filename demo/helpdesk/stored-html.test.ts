import { expect, test } from 'vitest';
import { storedHtml } from './stored-html.ts';

test.each([
  ['<p>Hi <strong>Ana</strong>,<br>a &amp; b</p>', '<p>Hi <strong>Ana</strong>,<br>a &amp; b</p>'],
  [
    '<p><a href="https://a.example/x?y=1&amp;z=2" target="_blank">x</a></p>',
    '<p><a href="https://a.example/x?y=1&amp;z=2" rel="noreferrer">x</a></p>',
  ],
  ['<div data-signature=""><p>Mia</p></div>', '<p>Mia</p>'],
  ['<script>alert(1)</script>', 'alert(1)'],
  ['<img src=x onerror=alert(1)>', ''],
  ['<p onclick="alert(1)">x</p>', '<p>x</p>'],
  ['<a href="javascript:alert(1)">x</a>', '<a>x</a>'],
  ['<a title="https://a" href="javascript:alert(1)">x</a>', '<a>x</a>'],
  ['<<p>script>alert(1)', '&lt;<p>script&gt;alert(1)'],
  ['<p', '&lt;p'],
])('%s', (content, shown) => {
  expect(storedHtml(content).text).toBe(shown);
});
