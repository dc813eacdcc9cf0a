import type { Mention, Recogniser } from './mention.ts';
import { recogniseAmounts } from './recognise-amounts.ts';
import { recogniseDates } from './recognise-dates.ts';
import { recogniseContacts, recogniseIds } from './recognise-ids.ts';
import { recogniseLinks } from './recognise-links.ts';
import { recogniseNumbers, recognisePercents } from './recognise-numbers.ts';
import { recogniseTimes } from './recognise-times.ts';

/** First come, first served: a date is read before a number, so that it is not read as one. */
const RECOGNISERS: readonly Recogniser[] = [
  recogniseLinks,
  recogniseDates,
  recogniseContacts,
  recogniseTimes,
  recogniseAmounts,
  recognisePercents,
  recogniseIds,
  recogniseNumbers,
];
/** Stands for what is already read: no letter, digit or space, so no pattern reaches across. */
const TAKEN = '\ufffc';

/** All facts of a readable text, in reading order, none overlapping. Linear; never throws. */
export function extractFacts(text: string): Mention[] {
  const found: Mention[] = [];
  let left = text;
  for (const recognise of RECOGNISERS) {
    const accepted = withoutOverlaps(recognise(left));
    if (accepted.length === 0) continue;
    for (const mention of accepted) found.push(mention);
    left = blanked(left, accepted);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** In order; of two that overlap the earlier in the recogniser's own order of patterns stays. */
function withoutOverlaps(mentions: readonly Mention[]): Mention[] {
  const ranked = mentions.map((mention, rank) => ({ mention, rank }));
  ranked.sort((a, b) => a.mention.start - b.mention.start || a.rank - b.rank);
  const kept: typeof ranked = [];
  for (const entry of ranked) {
    let last = kept.at(-1);
    while (last !== undefined && last.mention.end > entry.mention.start && last.rank > entry.rank) {
      kept.pop();
      last = kept.at(-1);
    }
    if (last === undefined || last.mention.end <= entry.mention.start) kept.push(entry);
  }
  return kept.map(({ mention }) => mention);
}

function blanked(text: string, mentions: readonly Mention[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of mentions) {
    pieces.push(text.slice(at, start), TAKEN.repeat(end - start));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
