import { expect, it } from 'vitest';
import type { Source } from '../domain/assessment.ts';
import { testSource } from '../domain/domain.test-support.ts';
import { keepingReader, readSources } from './read-sources.ts';

const few = [testSource('a', 'Refund approved: €102.00.')];
const others = [testSource('a', 'Refund approved: €120.00.')];
const units = (sources: Source[]) => JSON.stringify(sources).length;

it('reads the same sources once, by their content', () => {
  const read = keepingReader(10_000);
  const first = read(few);
  expect(read(structuredClone(few))).toBe(first);
  const values = ({ index }: typeof first) => index.facts.map(({ mention }) => mention);
  expect(values(first)).toEqual(values(readSources(few)));
});

it.each<[string, Source[]]>([
  ['text', others],
  ['id', [{ ...testSource('b', few[0]?.text ?? '') }]],
  ['author', few.map((one) => ({ ...one, author: 'customer' }))],
  ['internal', few.map((one) => ({ ...one, internal: true }))],
  ['count', [...few, ...others]],
])('reads again when the %s differs', (_, changed) => {
  const read = keepingReader(10_000);
  const first = read(few);
  const second = read(changed);
  expect(second).not.toBe(first);
  expect(second.index.reads.map((one) => one.source)).toEqual(changed);
});

it('keeps what was asked for last, within the limit', () => {
  const read = keepingReader(units(few) + units(others));
  const [first, second] = [read(few), read(others)];
  expect([read(few), read(others)]).toEqual([first, second]);
  expect(read(few)).toBe(first);
  const third = [testSource('c', few[0]?.text ?? '')];
  read(third);
  expect(read(few)).toBe(first);
  expect(read(others)).not.toBe(second);
});

it('keeps one that is longer than the limit until the next', () => {
  const read = keepingReader(1);
  const first = read(few);
  expect(read(few)).toBe(first);
  read(others);
  expect(read(few)).not.toBe(first);
});
