import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the collector counts. Labels are names of routes and codes: no id, no organisation. */
export interface Metrics {
  /** A request that was answered. */
  request(route: string, status: number, seconds: number): void;
  /** Events that were stored. */
  events(count: number): void;
  /** Texts that were stored. */
  contents(count: number): void;
  /** Texts that were erased because they were old. */
  erased(count: number): void;
  /** A request that began (+1) or stopped (−1) to wait for the feed. */
  waiting(change: 1 | -1): void;
  /** Text in Prometheus' exposition format, and its media type. */
  read(): Promise<{ text: string; type: string }>;
}

/** Counters of one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'countersign_request_seconds',
    help: 'Requests by route and status, and how long they took.',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    registers,
  });
  const stored = new Counter({
    name: 'countersign_events_stored_total',
    help: 'Events of devices that were stored.',
    registers,
  });
  const contents = new Counter({
    name: 'countersign_contents_stored_total',
    help: 'Redacted texts of devices that were stored.',
    registers,
  });
  const erased = new Counter({
    name: 'countersign_contents_erased_total',
    help: 'Texts that were erased because they were older than CONTENT_DAYS.',
    registers,
  });
  const waiting = new Gauge({
    name: 'countersign_feed_waiting',
    help: 'Requests that wait for the feed now.',
    registers,
  });
  return {
    request: (route, status, seconds) => requests.observe({ route, status }, seconds),
    events: (count) => stored.inc(count),
    contents: (count) => contents.inc(count),
    erased: (count) => erased.inc(count),
    waiting: (change) => waiting.inc(change),
    read: async () => ({ text: await registry.metrics(), type: registry.contentType }),
  };
}
