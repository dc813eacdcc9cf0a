import en from '../../../locales/en/page.json' with { type: 'json' };
import type { PillState } from './pill-state.ts';

/** The pill's words for a state. */
export function pillWords(state: PillState): string {
  const parts = state.parts.map((part) => en.parts[part]).join(', ');
  return en.pill[state.code].replace('{parts}', parts);
}
