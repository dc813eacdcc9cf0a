import type { Fact, Signal, SupportStatus } from '../domain/assessment.ts';

const SOURCE = 'local check';

/** Counts of the draft's facts by what the sources say; none without facts. */
export function factSignals(facts: readonly Fact[]): Signal[] {
  if (facts.length === 0) return [];
  const count = (status: SupportStatus): Signal => ({
    kind: 'fact',
    name: `facts-${status}`,
    value: facts.filter((fact) => fact.status === status).length,
    source: SOURCE,
    n: facts.length,
  });
  return [count('contradicted'), count('unsupported'), count('cannot-check'), count('supported')];
}

/** Mean share of the words of statements without facts that their best passages carry. */
export function wordingSignal(shares: readonly number[]): Signal[] {
  if (shares.length === 0) return [];
  const value = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return [{ kind: 'grounding', name: 'wording-found', value, source: SOURCE, n: shares.length }];
}
