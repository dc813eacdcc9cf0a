import { startExtension } from '../e2e/support/extension.ts';
import { engineIn } from './in-extension.ts';
import { rounds, type Size } from './options.ts';
import { digits, interval, timeRow, times, type Part } from './report.ts';
import { median, quantile, ratios } from './stats.ts';

/** Events of one bulk commit. */
const BULK = 500;

/** The record and the assessment, in a page of the extension. */
export async function benchRecord(size: Size): Promise<Part> {
  const extension = await startExtension();
  try {
    const { call } = await engineIn(extension);
    const assessed = await call('assess', rounds(size, 100, 400), false);
    const again = await call('assess', rounds(size, 100, 400), true);
    const strict = await call('strict', rounds(size, 20, 100));
    const bulk = await call('bulk', rounds(size, 6, 20), BULK);
    const paired = ratios(bulk.own, bulk.indexed);
    return {
      name: 'Assessment and record',
      rows: [
        timeRow('assess a 2 kB draft against 20 kB of sources', assessed, {
          share: 0.95,
          limit: 15,
        }),
        timeRow('the same sources again, another draft', again, { share: 0.95, limit: 15 }),
        timeRow(
          'one strict decision: item, event, two texts, effect',
          strict.own,
          { share: 0.95, limit: 50 },
          times('its event row alone, raw and strict', strict.raw),
        ),
        {
          what: `append ${BULK} events in one strict commit ÷ raw adds of the same rows and indices`,
          median: interval(paired),
          p95: '',
          n: paired.length,
          peer: `own ${digits(median(bulk.own))} events/s (slowest 5 %: ${digits(quantile(bulk.own, 0.05))}); raw ${digits(median(bulk.indexed))}; raw without indices ${digits(median(bulk.bare))}`,
          target: '≥ 0.5',
          met: median(paired) >= 0.5,
        },
      ],
      notes: [
        'Chromium’s IndexedDB on a profile on disk; each commit and its raw peer in turn, both strict.',
        'Raw: the finished rows of that commit, added by plain IndexedDB to a table with the same key and indices. It makes no event, hash, head or counter.',
        'Assessed in a page of the extension; the product does it in its worker, off the page’s main thread.',
      ],
    };
  } finally {
    await extension.close();
  }
}
