/**
 * How long one assessment takes; facts stand far denser here than in real replies. By hand:
 *
 *     node tests/assess/bench-assess.ts
 */
import { assess } from '../../lib/assess/assess.ts';
import { keepingReader, readSources } from '../../lib/assess/read-sources.ts';
import { DEFAULT_POLICY } from '../../lib/domain/default-policy.ts';
import { benchDraft, benchSources } from './bench-texts.ts';

const RUNS = 400;
const sources = benchSources();

/** Milliseconds of each assessment of a 2 kB draft against 20 kB of sources. */
function assessTimes(read: typeof readSources): number[] {
  return Array.from({ length: RUNS }, (_, run) => {
    const draft = benchDraft(run);
    const start = performance.now();
    assess({ draft, output: null, matchShare: 0, sources, policy: DEFAULT_POLICY, read });
    return performance.now() - start;
  });
}

for (const [name, read] of [
  ['new sources', readSources],
  ['the same sources again', keepingReader(250_000)],
] as const) {
  const times = assessTimes(read);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (RUNS - 1))] ?? 0).toFixed(1);
  console.log(
    `assess, 2 kB draft, 20 kB of ${name}, ${RUNS} runs: least ${at(0)} ms, median ${at(0.5)} ms, ` +
      `p95 ${at(0.95)} ms, most ${at(1)} ms, first ${(times[0] ?? 0).toFixed(1)} ms`,
  );
}
