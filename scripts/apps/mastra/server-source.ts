/**
 * The module that serves Mastra Studio. It calls what the entry file calls that `mastra build`
 * writes (`createNodeServer` with the studio), but needs no bundling: ready in about a second,
 * where `mastra dev` takes twenty and 1.7 GB. It is a string because it runs among packages that
 * this project does not depend on.
 */
export const MASTRA_SERVER = `
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { Mastra } from '@mastra/core';
import { Agent } from '@mastra/core/agent';
import { createNodeServer } from '@mastra/deployer/server';

const model = createOpenAICompatible({
  name: 'local',
  baseURL: process.env.MODEL_URL,
  apiKey: 'none',
  includeUsage: true,
});
const support = new Agent({
  id: 'support',
  name: 'Support assistant',
  instructions: 'You draft short replies to customers of a small shop.',
  model: model('local-model'),
});
await createNodeServer(new Mastra({ agents: { support } }), { tools: {}, studio: true });
`;
