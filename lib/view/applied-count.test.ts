import { expect, test } from 'vitest';
import { appliedCount } from './applied-count.ts';

const wrong = (key: string) => ({ key, code: 'not-a-site', params: {} });

test('what was refused is not counted, a list that was taken in part is', () => {
  const values = { mode: 'advise' as const, customSites: [{}, {}], theme: 'dark' as const };
  expect(appliedCount(values, [])).toBe(3);
  expect(appliedCount(values, [wrong('theme')])).toBe(2);
  expect(appliedCount(values, [wrong('customSites')])).toBe(3);
  expect(appliedCount(values, [wrong('customSites'), wrong('customSites')])).toBe(2);
  // Saved, whatever Chrome made of it.
  const unregistered = { key: 'sites', code: 'not-registered', params: {} };
  expect(appliedCount({ sites: ['desk.example'] }, [unregistered])).toBe(1);
  expect(appliedCount({ customSites: [] }, [])).toBe(1);
  expect(appliedCount({}, [wrong('mode')])).toBe(0);
});
