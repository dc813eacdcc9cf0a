import { describe, expect, it } from 'vitest';
import { readCustomSites } from './custom-sites.ts';
import { siteDescription } from './site-description.ts';
import { genericSite, originListed, shippedSites, siteFor } from './registry.ts';

const demo = {
  id: 'demo-helpdesk',
  name: 'Demo',
  version: 1,
  origins: ['http://127.0.0.1:4318'],
  kind: 'helpdesk',
  testedOn: null,
  composers: [{ id: 'reply', editor: '.editor' }],
};

describe('siteFor', () => {
  it('prefers a custom description of the origin', () => {
    const { sites } = readCustomSites([demo]);
    expect(siteFor('http://127.0.0.1:4318/t/1', sites)?.id).toBe('demo-helpdesk');
    expect(siteFor('http://127.0.0.1:4319/t/1', sites)?.id).toBe('any-page');
  });

  it('knows a self-hosted app by its path, and any other page as generic', () => {
    expect(siteFor('https://rt.example.org/rt/Ticket/Update.html?id=2', [])?.id).toBe(
      'request-tracker',
    );
    expect(siteFor('http://127.0.0.1:9/agents/support/chat', [])?.id).toBe('mastra-studio');
    expect(siteFor('https://example.org/', [])).toBe(genericSite);
  });

  it('has nothing for addresses that are no web page', () => {
    for (const url of ['', 'about:blank', 'chrome://settings', 'file:///x', 'nonsense'])
      expect(siteFor(url, [])).toBeNull();
  });
});

describe('originListed', () => {
  it.each([
    ['https://a.example.org', 'https://*.example.org', true],
    ['https://example.org', 'https://*.example.org', true],
    ['https://badexample.org', 'https://*.example.org', false],
    ['http://a.example.org', 'https://*.example.org', false],
    ['https://example.org:8443', 'https://example.org', false],
    ['https://example.org', 'https://EXAMPLE.org', true],
  ])('%s in %s is %s', (origin, entry, expected) => {
    expect(originListed(origin, [entry])).toBe(expected);
  });
});

describe('readCustomSites', () => {
  it('applies what is right and names what is wrong', () => {
    const { sites, problems } = readCustomSites([
      { ...demo, selfDestruct: true },
      demo,
      { use: 'request-tracker', origins: ['https://rt.example.org'] },
      { use: 'nothing-such', origins: ['https://rt.example.org'] },
      { ...demo, id: 'no-home', origins: [] },
      demo,
      7,
      { ...demo, id: 'bad', composers: [{ id: 'x', editor: '' }] },
    ]);
    expect(sites.map((site) => site.id)).toEqual(['demo-helpdesk', 'request-tracker']);
    expect(problems.map(({ code, params }) => [code, params.index, params.path])).toEqual([
      ['not-a-site', 0, 'selfDestruct'],
      ['unknown-site', 3, ''],
      ['no-origin', 4, 'origins'],
      ['duplicate-id', 5, 'id'],
      ['not-a-site', 6, ''],
      ['not-a-site', 7, 'composers.0.editor'],
    ]);
  });

  it.each([
    [undefined, 0],
    [null, 0],
    ['x', 1],
    [{}, 1],
  ])('survives %j', (value, count) => {
    expect(readCustomSites(value).problems).toHaveLength(count);
  });

  it('caps the list', () => {
    const many = Array.from({ length: 150 }, (_, n) => ({ ...demo, id: `s${n}` }));
    const { sites, problems } = readCustomSites(many);
    expect(sites).toHaveLength(100);
    expect(problems.map((p) => p.code)).toEqual(['too-many']);
  });
});

describe('shipped descriptions', () => {
  it('hold to the schema, the generic one with every default written out', () => {
    expect(siteDescription.parse(genericSite)).toEqual(genericSite);
  });

  it('have ids of their own', () => {
    const ids = [...shippedSites, genericSite].map((site) => site.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
