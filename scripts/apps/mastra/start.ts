import { join } from 'node:path';
import { freePort, runFolder, startGuarded } from '../guarded.ts';
import { MASTRA_ENTRY, MASTRA_HOME } from './setup.ts';

/** A running Mastra Studio with one agent; its memory is empty at each start. */
export interface Mastra {
  readonly url: string;
  /** The chat page of the agent, a new conversation. */
  readonly agentUrl: string;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 120_000;

/**
 * Starts the installed Mastra Studio on a free loopback port; `modelUrl` is the base URL of an
 * OpenAI-compatible server. It makes no call to other hosts.
 * @throws an Error with Mastra's own words when it does not start.
 */
export const startMastra = async ({ modelUrl }: { modelUrl: string }): Promise<Mastra> => {
  const port = await freePort();
  const folder = await runFolder('mastra');
  const url = `http://127.0.0.1:${port}`;
  const { stop } = await startGuarded({
    command: process.execPath,
    args: [MASTRA_ENTRY],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      PORT: String(port),
      MASTRA_HOST: '127.0.0.1',
      MASTRA_STUDIO_PATH: join(MASTRA_HOME, 'node_modules', 'mastra', 'dist', 'studio'),
      MASTRA_TELEMETRY_DISABLED: '1',
      MASTRA_OFFLINE: '1',
      MODEL_URL: modelUrl,
    },
    folder,
    readyUrl: `${url}/api/agents`,
    readyWithin: READY_WITHIN_MS,
  });
  return { url, agentUrl: `${url}/agents/support/threads/new`, stop };
};
