import { createServer } from 'node:http';
import { readFile, rm } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import { build } from 'vite';
import config from '../../wxt.config.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** The policy of the extension's own pages, as the manifest says it. */
function pagePolicy(): string {
  const { manifest } = config;
  const made: unknown =
    typeof manifest === 'function'
      ? manifest({ browser: 'chrome', manifestVersion: 3, mode: 'production', command: 'build' })
      : manifest;
  const policy: unknown = Reflect.get(
    Object(Reflect.get(Object(made), 'content_security_policy')),
    'extension_pages',
  );
  if (typeof policy !== 'string') throw new Error('The manifest states no policy for its pages');
  return policy;
}

/** Builds the stories once and serves them on loopback under the extension's own policy. */
export async function serveStories(): Promise<{ url: string; close(): Promise<void> }> {
  const root = import.meta.dirname;
  const outDir = join(root, '..', '..', '.cache', `stories-${process.pid}`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [tailwindcss()],
    build: { outDir, emptyOutDir: true, target: 'chrome148', modulePreload: false },
  });
  const policy = pagePolicy();
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = path === '/' ? '/index.html' : path;
    readFile(join(outDir, file)).then(
      (body) => {
        response.writeHead(200, {
          'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': policy,
        });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
