import { expect, test } from 'vitest';
import type { Mode } from '../domain/gate.ts';
import { defaultSettings } from '../settings/catalog.ts';
import { activeSite } from './active-site.ts';

const BROAD = 'https://*.desk.example';
const NARROW = 'https://eu.desk.example';
const url = `${NARROW}/tickets/1`;

const settings = (sites: string[], siteModes: Record<string, Mode>, mode: Mode = 'observe') => ({
  ...defaultSettings(),
  sites,
  siteModes,
  mode,
});

test.each([[[BROAD, NARROW]], [[NARROW, BROAD]]])(
  'of all entries that match, the strictest mode wins: %j',
  (sites) => {
    expect(activeSite(settings(sites, { [NARROW]: 'enforce' }), url)).toEqual({
      entry: NARROW,
      mode: 'enforce',
    });
    expect(activeSite(settings(sites, { [BROAD]: 'advise' }), url)?.mode).toBe('advise');
    // The mode for all is an entry's own as much as one that it names.
    expect(activeSite(settings(sites, { [NARROW]: 'observe' }, 'enforce'), url)?.mode).toBe(
      'enforce',
    );
  },
);

test('an entry of another site makes nothing stricter, and no entry is no site', () => {
  const some = settings([BROAD, 'https://other.example'], { 'https://other.example': 'enforce' });
  expect(activeSite(some, url)).toEqual({ entry: BROAD, mode: 'observe' });
  expect(activeSite(some, 'https://desk.invalid/')).toBeNull();
});
