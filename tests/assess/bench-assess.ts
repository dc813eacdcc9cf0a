/**
 * How long one assessment takes; facts stand far denser here than in real replies. By hand:
 *
 *     node tests/assess/bench-assess.ts
 */
import { assess } from '../../lib/assess/assess.ts';
import { keepingReader, readSources } from '../../lib/assess/read-sources.ts';
import type { Source } from '../../lib/domain/assessment.ts';
import { DEFAULT_POLICY } from '../../lib/domain/default-policy.ts';

const RUNS = 400;
const paragraph = (seed: number) =>
  `Order ${1000 + seed} was placed on ${1 + (seed % 27)} November 2026 for €${(seed * 7.31).toFixed(2)}, ` +
  `and the parcel left our warehouse in the north two days later. Customer ${seed} may send items ` +
  `back within ${10 + (seed % 50)} days of delivery if they are unworn and still in their box. ` +
  `Refunds reach the card in ${2 + (seed % 5)} to ${7 + (seed % 5)} business days, less ${seed % 30} %. ` +
  `See https://acme.example/help/${seed} or call +44 20 7946 0${100 + seed} between 9:00 and 17:00.\n`;
const text = (from: number, size: number) => {
  let whole = '';
  for (let seed = from; whole.length < size; seed += 1) whole += paragraph(seed);
  return whole.slice(0, size);
};
const sources = [0, 1, 2, 3].map((at): Source => ({
  id: `s${at}`,
  kind: 'source',
  title: `Source ${at}`,
  url: null,
  text: text(at * 20, 5000),
  internal: false,
  author: 'unknown',
}));

/** Milliseconds of each assessment of a 2 kB draft against 20 kB of sources. */
function assessTimes(read: typeof readSources): number[] {
  return Array.from({ length: RUNS }, (_, run) => {
    const draft = text(run % 70, 2000);
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
