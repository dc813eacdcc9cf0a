import type { Source } from '../../lib/domain/assessment.ts';
import { testSource } from '../../lib/domain/domain.test-support.ts';

const paragraph = (seed: number) =>
  `Order ${1000 + seed} was placed on ${1 + (seed % 27)} November 2026 for €${(seed * 7.31).toFixed(2)}, ` +
  `and the parcel left our warehouse in the north two days later. Customer ${seed} may send items ` +
  `back within ${10 + (seed % 50)} days of delivery if they are unworn and still in their box. ` +
  `Refunds reach the card in ${2 + (seed % 5)} to ${7 + (seed % 5)} business days, less ${seed % 30} %. ` +
  `See https://acme.example/help/${seed} or call +44 20 7946 0${100 + seed} between 9:00 and 17:00.\n`;

/** A text of `size` UTF-16 units, from paragraph `from` on; facts stand far denser in it than in real replies. */
function textOf(from: number, size: number): string {
  let whole = '';
  for (let seed = from; whole.length < size; seed += 1) whole += paragraph(seed);
  return whole.slice(0, size);
}

/** The draft of a run of the benches, 2 kB. */
export const benchDraft = (run: number): string => textOf(run % 70, 2000);

/** Four sources of 5 kB each. */
export const benchSources = (): Source[] =>
  [0, 1, 2, 3].map((at) => testSource(`s${at}`, textOf(at * 20, 5000), { title: `Source ${at}` }));
