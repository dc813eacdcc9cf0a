import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'wxt';
import { writeManagedFiles } from './scripts/lib/managed/files.ts';
import { minifyAgain } from './scripts/lib/minify-again.ts';

// WXT takes the mode for NODE_ENV; the build for tests must not ship React's development build.
if (process.env['NODE_ENV'] === 'e2e') process.env['NODE_ENV'] = 'production';

/** Hosts of the machine itself: the demo and the tests may be granted without a prompt. */
const LOOPBACK = ['http://127.0.0.1/*', 'http://localhost/*'];

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self' https: http://127.0.0.1:* http://localhost:*",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

export default defineConfig({
  imports: false,
  modules: ['@wxt-dev/module-react'],
  manifestVersion: 3,
  outDirTemplate: '{{browser}}-mv{{manifestVersion}}{{modeSuffix}}',
  vite: () => ({ plugins: [tailwindcss(), minifyAgain(['page.js'])] }),
  hooks: { 'build:before': writeManagedFiles },
  manifest: ({ mode }) => ({
    name: '__MSG_extName__',
    description: '__MSG_extDescription__',
    default_locale: 'en',
    minimum_chrome_version: '148',
    permissions: ['sidePanel', 'storage', 'alarms', 'scripting', 'unlimitedStorage', 'identity'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    // The store build asks for no host up front; a test reads both manifests.
    ...(mode === 'e2e' ? { host_permissions: LOOPBACK } : {}),
    storage: { managed_schema: 'managed_schema.json' },
    action: { default_title: '__MSG_actionTitle__' },
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+K' } },
    },
    content_security_policy: { extension_pages: CSP },
    incognito: 'not_allowed',
  }),
});
