// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { SUBMIT_CALL_EVENT, installSubmitWrapper } from './submit-wrapper.ts';

let left = 0;
let form: HTMLFormElement;

beforeEach(() => {
  left = 0;
  HTMLFormElement.prototype.submit = () => {
    left += 1;
  };
  installSubmitWrapper(window);
  form = document.createElement('form');
  document.body.replaceChildren(form);
});

it('asks before it submits, and submits when nobody objects', () => {
  let asked = 0;
  form.addEventListener(SUBMIT_CALL_EVENT, () => (asked += 1), true);
  form.submit();
  expect([asked, left]).toEqual([1, 1]);
});

it('does not submit when the gate objects', () => {
  form.addEventListener(SUBMIT_CALL_EVENT, (event) => event.preventDefault(), true);
  form.submit();
  expect(left).toBe(0);
});

it('keeps the name and length of the native', () => {
  // oxlint-disable-next-line typescript/unbound-method -- only looked at, not called
  const { submit } = HTMLFormElement.prototype;
  expect([submit.name, submit.length, 'prototype' in submit]).toEqual(['submit', 0, false]);
});
