import { expect, it } from 'vitest';
import { siteConfig } from './site-config.ts';

it('writes paths as Perl strings that end where they should', () => {
  const config = siteConfig({ port: 8080, folder: String.raw`/runs/it's a \ test` });
  expect(config).toContain(String.raw`Set($DatabaseName, '/runs/it\'s a \\ test/rt.sqlite');`);
  expect(config).toContain('Set($WebPort, 8080);');
  expect(config).toContain("Set($WebPath, '');");
});
