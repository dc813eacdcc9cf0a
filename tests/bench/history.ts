import type { Page } from '@playwright/test';
import { startExtension } from '../e2e/support/extension.ts';
import { engineIn } from './in-extension.ts';
import { rounds, type Size } from './options.ts';
import { digits, timeRow, type Part, type Row } from './report.ts';

const ROWS = '[role="grid"][aria-label="History"] [role="row"]';

/** From the click on a tab, or the choice in a filter, to the painted rows that answer it. */
function untilRows(panel: Page, act: 'open' | 'filter', value = ''): Promise<number> {
  return panel.evaluate(
    ([selector, act, value]) =>
      new Promise<number>((resolve, reject) => {
        const first = () => document.querySelector(selector)?.getAttribute('data-key') ?? null;
        const before = act === 'filter' ? first() : null;
        const start = performance.now();
        const timer = setTimeout(() => reject(new Error(`${act} ${value}: no rows`)), 60_000);
        const check = () => {
          if (first() === null || first() === before) return;
          observer.disconnect();
          clearTimeout(timer);
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - start);
            port2.postMessage(0);
          });
        };
        const observer = new MutationObserver(check);
        observer.observe(document, { subtree: true, childList: true, attributes: true });
        if (act === 'open') {
          const tab = [...document.querySelectorAll('[role="tab"]')].find(
            (each) => each.textContent === 'History',
          );
          tab?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }));
        } else {
          const choice = document.querySelectorAll('select')[1];
          if (choice === undefined) throw new Error('no filter');
          // React listens to the native setter's change event.
          Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')?.set?.call(
            choice,
            value,
          );
          choice.dispatchEvent(new Event('change', { bubbles: true }));
        }
      }),
    [ROWS, act, value] as const,
  );
}

/** History and Verify over a long trail, in the real panel. */
export async function benchHistory(size: Size): Promise<Part> {
  const extension = await startExtension();
  const rows: Row[] = [];
  try {
    const { call } = await engineIn(extension);
    const verified = (count: number, ms: number, limit: number): Row => ({
      ...timeRow(`verify ${digits(count)} events, whole`, [ms], { share: 0.95, limit }),
      peer: `${digits((count * 1000) / ms)} events/s`,
    });
    await call('fill', 10_000);
    const small = await call('verify');
    rows.push(verified(small.count, small.ms, 15_000));
    const totals = size.quick ? [] : size.long ? [100_000, 1_000_000] : [100_000];
    for (const total of totals.length > 0 ? totals : [20_000]) {
      await call('fill', total);
      const name = `${digits(total)} events`;
      const panel = await extension.openPanel();
      await panel.getByRole('tab', { name: 'History' }).waitFor();
      const count = rounds(size, 5, 15);
      const first = await untilRows(panel, 'open');
      const opened: number[] = [];
      for (let at = 0; at < count; at += 1) {
        await panel.getByRole('tab', { name: 'Queue' }).click();
        await panel.locator(ROWS).first().waitFor({ state: 'detached' });
        opened.push(await untilRows(panel, 'open'));
      }
      const filtered: number[] = [];
      for (let at = 0; at < count; at += 1)
        filtered.push(await untilRows(panel, 'filter', ['rejected', 'edited', ''][at % 3]));
      const nodes = await panel.locator(ROWS).count();
      const heap = await panel.evaluate(
        () =>
          (performance as unknown as { memory?: { usedJSHeapSize: number } }).memory
            ?.usedJSHeapSize ?? 0,
      );
      const pages = await call('pages', rounds(size, 10, 40));
      await panel.close();
      rows.push(
        timeRow(
          `History at ${name}: tab → first rows painted`,
          opened,
          { share: 0.95, limit: 300 },
          `the very first, with its code: ${digits(first)} ms`,
        ),
        timeRow(`History at ${name}: filter → its rows painted`, filtered, {
          share: 0.95,
          limit: 100,
        }),
        timeRow(`a page of 60 by the store alone at ${name}: newest`, pages.newest, null),
        timeRow(`… person, outcome and site`, pages.filtered, { share: 0.95, limit: 100 }),
        timeRow(`… from the middle`, pages.middle, { share: 0.95, limit: 100 }),
        {
          what: `row nodes in the document at ${name}`,
          median: String(nodes),
          p95: '',
          n: 1,
          peer: `heap of the panel ${digits(heap / 1e6)} MB`,
          target: '≤ 120; ≤ 200 MB',
          met: nodes <= 120 && heap <= 200e6,
        },
      );
      const check = await call('verify');
      if (check.state !== 'verified') throw new Error(`the trail is ${check.state}`);
      rows.push(
        verified(check.count, check.ms, total > 100_000 ? 150_000 : 15_000),
        timeRow(`verify at ${name}: 20 events since the last check`, [check.sinceMs], {
          share: 0.95,
          limit: 300,
        }),
      );
    }
    return {
      name: 'History and Verify',
      rows,
      notes: [
        'A made-up trail of items with four events each, five people, three sites; History lists one of four.',
        'Verify hashes each event anew and holds it against chain, columns and heads.',
      ],
    };
  } finally {
    await extension.close();
  }
}
