import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { bestPassage, indexPassages } from '../../lib/assess/passages.ts';
import { indexSources } from '../../lib/assess/source-facts.ts';
import { isStrong } from '../../lib/assess/statements.ts';

/** Human-labelled pairs of source and reply; they stay outside this repository, only counts come in. */
const DATA = new URL('../../../shared/data/grounding-train.jsonl.gz', import.meta.url);
const row = z.object({
  task: z.string(),
  source: z.string(),
  response: z.string(),
  /** 0 = people found it supported by the source. */
  label: z.number(),
});
/** Each third pair: enough for the rate, quick enough for every run. */
const STEP = 3;

const isThere = existsSync(DATA);
if (!isThere)
  console.log('Skipped: the labelled pairs are not beside this checkout (../shared/data).');

it.skipIf(!isThere)('"supported" by wording alone is right nine times in ten on dialogue', () => {
  const pairs = gunzipSync(readFileSync(DATA))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => row.parse(JSON.parse(line)))
    .filter(({ task }) => task === 'dialogue')
    .filter((_, at) => at % STEP === 0);
  const supported = pairs.filter(({ source: text, response }) => {
    const { reads } = indexSources([
      { id: 's', kind: 'source', title: '', url: null, text, internal: false, author: 'unknown' },
    ]);
    const index = indexPassages(reads);
    return (response.match(/[^.!?]+[.!?]*/g) ?? []).every((sentence) => {
      const match = bestPassage(sentence, index);
      return match !== null && isStrong(match);
    });
  });
  const right = supported.filter(({ label }) => label === 0).length;
  const base = pairs.filter(({ label }) => label === 0).length;
  console.log(
    `wording: ${supported.length} of ${pairs.length} replies supported in every sentence, ` +
      `${right} of them by people too; of all replies ${base}.`,
  );
  expect(supported.length).toBeGreaterThan(pairs.length / 20);
  expect(right / supported.length).toBeGreaterThan(0.9);
});
