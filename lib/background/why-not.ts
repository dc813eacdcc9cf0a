import type { Told } from '../sync/ask-collector.ts';

/** The code of why a collector did not do what it was asked for. */
export function whyNot(told: Extract<Told<unknown>, { ok: false }>): string {
  return told.refused ?? told.failure.code;
}
