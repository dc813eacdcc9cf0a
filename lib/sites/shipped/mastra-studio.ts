import type { SiteInput } from '../site-description.ts';

/** Mastra Studio: a chat with an agent; what is typed there goes to the model, not to a person. */
export const mastraStudio: SiteInput = {
  id: 'mastra-studio',
  name: 'Mastra Studio',
  version: 1,
  origins: [],
  kind: 'chat',
  testedOn: { app: 'Mastra Studio', version: '1.31.0' },
  knownBy: {
    paths: ['/agents/'],
    elements: ['textarea[data-slot="composer-input"]', '[data-slot="message"]'],
  },
  answers: {
    each: '[data-slot="message"][data-from="assistant"]',
    text: '[data-slot="message-content"]',
  },
  composers: [
    {
      id: 'prompt',
      editor: 'textarea[data-slot="composer-input"]',
      to: 'assistant',
      send: ['button[aria-label="Send"]'],
      keys: ['enter'],
    },
  ],
};
