import type { Page } from '@playwright/test';
import { startExtension } from '../e2e/support/extension.ts';
import { bundle } from '../fixtures/wire/browser.ts';
import type { Probes } from './in-page/stream-probes.ts';
import { rounds, type Size } from './options.ts';
import { digits, interval, times, type Part, type Row } from './report.ts';
import { differences, median, medianInterval, quantile, ratios } from './stats.ts';
import { startBenchServer } from './stream-server.ts';

const VARIANTS = ['native', 'tap', 'Sentry', 'Sentry with streams', 'OpenTelemetry'] as const;
type Variant = (typeof VARIANTS)[number];
const PEERS = ['Sentry', 'Sentry with streams', 'OpenTelemetry'] as const;

/** Numbers of one measure, by variant, in round order: round n of one stands beside round n of another. */
type Measured = Record<Variant, number[]>;

const EVENTS_PER_SECOND = 200;

/** Runs `work` for every variant in each round, each round in another order, its tab in front. */
async function interleaved(
  pages: ReadonlyMap<Variant, Page>,
  count: number,
  work: (page: Page, variant: Variant, round: number) => Promise<number>,
): Promise<Measured> {
  const measured: Measured = {
    native: [],
    tap: [],
    Sentry: [],
    'Sentry with streams': [],
    OpenTelemetry: [],
  };
  // One round more than counted: the first warms connections and code.
  for (let round = -1; round < count; round += 1)
    for (let at = 0; at < VARIANTS.length; at += 1) {
      const variant = VARIANTS[(at + round + 1) % VARIANTS.length] ?? 'native';
      const page = pages.get(variant);
      if (page === undefined) throw new Error(`no page for ${variant}`);
      await page.bringToFront();
      const value = await work(page, variant, round);
      if (round >= 0) measured[variant].push(value);
    }
  return measured;
}

const call = <Name extends keyof Probes>(
  page: Page,
  name: Name,
  ...args: Parameters<Probes[Name]>
) =>
  page.evaluate(
    ([name, args]) =>
      Reflect.apply(Reflect.get(Reflect.get(globalThis, 'probes'), name), undefined, args),
    [name, args] as const,
  ) as Promise<Awaited<ReturnType<Probes[Name]>>>;

/** The tap against a peer: worse only if the whole interval of paired ratios is on the bad side. */
function againstPeers(what: string, measured: Measured, better: 'high' | 'low'): Row[] {
  return PEERS.map((peer) => {
    const paired = ratios(measured.tap, measured[peer]);
    const { low, high } = medianInterval(paired);
    return {
      what: `${what}, tap ÷ ${peer}`,
      median: interval(paired),
      p95: '',
      n: paired.length,
      peer: `${peer}: ${digits(median(measured[peer]))}`,
      target: 'no worse within noise',
      met: better === 'high' ? high >= 1 : low <= 1,
    };
  });
}

/** Milliseconds, or that it never came. */
function told(ms: number): string {
  return Number.isFinite(ms) ? `${digits(ms)} ms` : 'never';
}

function throughput(what: string, measured: Measured, least: number, unit: string): Row {
  const paired = ratios(measured.tap, measured.native);
  return {
    what: `${what}, tap ÷ native`,
    median: interval(paired),
    p95: '',
    n: paired.length,
    peer: `tap ${digits(median(measured.tap))}, native ${digits(median(measured.native))} ${unit}`,
    target: `≥ ${least}`,
    met: median(paired) >= least,
  };
}

/** Page streaming: the real build's tap and capture against native fetch and two instrumentations. */
export async function benchStreaming(size: Size): Promise<Part> {
  const entry = (name: string) => bundle(`tests/bench/in-page/${name}.ts`, true);
  const scripts = new Map<Variant, string>([
    ['native', ''],
    ['tap', ''],
    ['Sentry', await entry('peer-sentry')],
    ['Sentry with streams', await entry('peer-sentry-streams')],
    ['OpenTelemetry', await entry('peer-opentelemetry')],
  ]);
  const server = await startBenchServer(scripts, await entry('stream-probes'));
  const extension = await startExtension();
  try {
    await extension.importSettings({ sites: [server.origin('tap')], mode: 'observe' });
    const pages = new Map<Variant, Page>();
    for (const variant of VARIANTS) {
      const page = await extension.context.newPage();
      await page.goto(server.origin(variant));
      pages.set(variant, page);
    }
    let lastId = 0;
    const nextId = () => `b${(lastId += 1)}`;
    const lags: Record<Variant, number[]> = {
      native: [],
      tap: [],
      Sentry: [],
      'Sentry with streams': [],
      OpenTelemetry: [],
    };
    const events = rounds(size, 200, 600);
    const rate = await interleaved(pages, rounds(size, 3, 9), async (page, variant, round) => {
      const seen = await call(page, 'paced', events, EVENTS_PER_SECOND);
      if (round >= 0) lags[variant].push(...seen.lags);
      return (seen.count * 1000) / seen.ms;
    });
    const first = await interleaved(pages, rounds(size, 15, 60), (page) => call(page, 'firstByte'));
    const mib = rounds(size, 16, 64);
    const plain = await interleaved(pages, rounds(size, 4, 11), (page) =>
      call(page, 'bulk', 'plain', mib),
    );
    const answer = await interleaved(pages, rounds(size, 4, 11), (page) =>
      call(page, 'bulk', 'answer', mib / 4),
    );
    const json = await interleaved(pages, rounds(size, 4, 11), (page) => call(page, 'json', 8));
    const stopped = await interleaved(pages, rounds(size, 4, 12), async (page) => {
      const id = nextId();
      const at = await call(page, 'stop', id);
      while (server.sent(id).closedAt === null)
        await new Promise((resolve) => setTimeout(resolve, 10));
      return (server.sent(id).closedAt ?? Number.POSITIVE_INFINITY) - at;
    });
    const pulled = await interleaved(pages, rounds(size, 2, 4), async (page) => {
      const id = nextId();
      await call(page, 'oneChunk', id);
      let before = -1;
      while (server.sent(id).bytes !== before) {
        before = server.sent(id).bytes;
        await new Promise((resolve) => setTimeout(resolve, 600));
      }
      await call(page, 'release', id);
      return before / 1_048_576;
    });
    const late = differences(first.tap, first.native);
    const rows: Row[] = [
      throughput(`${EVENTS_PER_SECOND} SSE events/s, events read a second`, rate, 0.97, 'events/s'),
      {
        what: 'each event: sent → in the page, with the tap',
        median: `${digits(median(lags.tap))} ms`,
        p95: `${digits(quantile(lags.tap, 0.95))} ms`,
        n: lags.tap.length,
        peer: VARIANTS.filter((variant) => variant !== 'tap')
          .map((variant) => times(variant, lags[variant]))
          .join('; '),
        target: '',
        met: null,
      },
      {
        what: 'first byte, tap − native',
        median: interval(late, ' ms'),
        p95: `${digits(quantile(first.tap, 0.95) - quantile(first.native, 0.95))} ms`,
        n: late.length,
        peer: `${times('tap', first.tap)}; ${times('native', first.native)}`,
        target: 'median ≤ 1 ms',
        met: median(late) <= 1,
      },
      ...againstPeers('first byte', first, 'low'),
      ...againstPeers(`${EVENTS_PER_SECOND} SSE events/s`, rate, 'high'),
      throughput(`event stream of ${mib} MiB, no answer`, plain, 0.7, 'MB/s'),
      ...againstPeers(`event stream of ${mib} MiB, no answer`, plain, 'high'),
      throughput(`answer of ${mib / 4} MiB, decoded`, answer, 0.7, 'MB/s'),
      ...againstPeers(`answer of ${mib / 4} MiB, decoded`, answer, 'high'),
      throughput('JSON of 8 MiB by json()', json, 0.7, 'MB/s'),
      ...againstPeers('JSON of 8 MiB by json()', json, 'high'),
      {
        what: 'Stop: cancel in the page → line closed at the server',
        median: told(median(stopped.tap)),
        p95: told(quantile(stopped.tap, 0.95)),
        n: stopped.tap.length,
        peer: VARIANTS.filter((variant) => variant !== 'tap')
          .map((variant) => `${variant}: ${told(median(stopped[variant]))}`)
          .join('; '),
        target: 'the server sees it',
        met: stopped.tap.every(Number.isFinite),
      },
      {
        what: 'pushed by the server after one chunk of 64 MiB was read',
        median: `${digits(median(pulled.tap))} MiB`,
        p95: `${digits(quantile(pulled.tap, 0.95))} MiB`,
        n: pulled.tap.length,
        peer: VARIANTS.filter((variant) => variant !== 'tap')
          .map((variant) => `${variant}: ${digits(median(pulled[variant]))}`)
          .join('; '),
        target: 'as native, ± 2 MiB',
        met: median(pulled.tap) <= median(pulled.native) + 2,
      },
    ];
    return {
      name: 'Streams in a page',
      rows,
      notes: [
        'Each variant is a tab of one browser on an origin of its own; each round visits all of them, in turning order, in front.',
        'Ratios and differences are of the same round; [a, b] is the 95 % interval of their median (order statistics).',
        '“No worse within noise”: not the whole interval lies on the worse side of 1.',
        'Sentry is set up with tracing; “with streams” adds its fetchStreamPerformanceIntegration, which reads bodies as the tap does. OpenTelemetry reads a clone of each body.',
        'The tap is the shipped one, with capture decoding in the isolated world of the same thread.',
      ],
    };
  } finally {
    await extension.close();
    await server.close();
  }
}
