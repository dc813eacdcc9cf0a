/**
 * By hand: how often "supported by wording" is right, on human-labelled pairs kept outside this
 * repository (`../shared/data/grounding-train.jsonl.gz`). Prints counts only.
 *
 *     node tests/assess/measure-wording.ts
 */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import { bestPassage, indexPassages } from '../../lib/assess/passages.ts';
import { indexSources } from '../../lib/assess/source-facts.ts';
import { isStrong } from '../../lib/assess/statements.ts';

const DATA = new URL('../../../shared/data/grounding-train.jsonl.gz', import.meta.url);
const row = z.object({
  task: z.string(),
  source: z.string(),
  response: z.string(),
  label: z.number(),
});

if (!existsSync(DATA)) {
  console.log('Skipped: the labelled pairs are not beside this checkout (../shared/data).');
} else {
  const rows = gunzipSync(readFileSync(DATA))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => row.parse(JSON.parse(line)));
  const counts = new Map<string, { n: number; right: number; all: number; good: number }>();
  for (const { task, source, response, label } of rows) {
    const { reads } = indexSources([
      {
        id: 's',
        kind: 'source',
        title: '',
        url: null,
        text: source,
        internal: false,
        author: 'unknown',
      },
    ]);
    const index = indexPassages(reads);
    const sentences = response.match(/[^.!?]+[.!?]*/g) ?? [];
    const strong = sentences.every((sentence) => {
      const match = bestPassage(sentence, index);
      return match !== null && isStrong(match);
    });
    const count = counts.get(task) ?? { n: 0, right: 0, all: 0, good: 0 };
    count.all += 1;
    count.good += label === 0 ? 1 : 0;
    count.n += strong ? 1 : 0;
    count.right += strong && label === 0 ? 1 : 0;
    counts.set(task, count);
  }
  for (const [task, { n, right, all, good }] of counts) {
    console.log(
      `${task}: ${n} of ${all} replies with every sentence supported by wording; ` +
        `${right} of them labelled supported (${((100 * right) / n).toFixed(1)} %; ` +
        `base ${((100 * good) / all).toFixed(1)} %).`,
    );
  }
}
