import { test } from 'vitest';
import { signInSuite } from './oidc.suite.ts';
import { BACKENDS } from './team.ts';

const others = BACKENDS.filter((backend) => backend !== 'embedded');
for (const backend of others) signInSuite(backend);
if (others.length === 0) test.skip('no PostgreSQL on this machine', () => undefined);
