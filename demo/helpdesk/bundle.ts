import { join } from 'node:path';
import { build } from 'vite';

/** The helpdesk's own script, bundled from `main.ts`. */
export async function bundleClient(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'chrome148',
      lib: {
        entry: join(import.meta.dirname, 'main.ts'),
        formats: ['es'],
        fileName: 'desk',
      },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  const chunk = outputs.find((one) => one.type === 'chunk');
  if (chunk === undefined) throw new Error('The helpdesk gave no script');
  return chunk.code;
}
