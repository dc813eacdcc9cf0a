import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { readRows } from './support/database.ts';
import { startExtension } from './support/extension.ts';

const DRAFT =
  'We have looked at the lamp that you sent back to us and found the loose wire behind the shade, so a new one leaves our workshop this afternoon and reaches you before the weekend.';

const PAGE = `<!doctype html><meta charset="utf-8"><title>Desk</title>
<form method="post"><textarea name="content" aria-label="Reply" rows="8" cols="70"></textarea><button name="go">Send</button></form>
<button id="draft" type="button">Draft</button>
<script>
document.getElementById('draft').addEventListener('click', async () => {
  const response = await fetch('/answer', { method: 'POST' });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const box = document.querySelector('textarea');
  box.value = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    for (const line of value.split('\\n')) {
      if (!line.startsWith('data: {')) continue;
      const { content } = JSON.parse(line.slice(6)).choices[0].delta;
      if (content === undefined) continue;
      box.value += content;
      box.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
});
</script>`;

const REST =
  'Please keep the old lamp in its box until our driver has taken it along, and tell us if the doorbell of your house does not work, so that the driver can call you on the phone instead of leaving a card.';

const chunk = (id: string, delta: object, finish: string | null) =>
  `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created: 1, model: 'lab-1', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

interface Answer {
  text: string;
  finish: 'stop' | 'length';
}

/** A model that has said all and then takes its time to say that it is done; its answers one by one. */
async function startDesk(sent: string[], answers: Answer[]) {
  const server = createServer((request, response) => {
    if (request.url !== '/answer') {
      if (request.method === 'POST') sent.push('sent');
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const { text, finish } = answers.shift() ?? { text: '', finish: 'stop' };
    const id = `late-${answers.length}`;
    response.write(chunk(id, { content: text }, null));
    void wait(1500).then(() => response.end(`${chunk(id, {}, finish)}data: [DONE]\n\n`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a draft that stood in its composer before the answer ended is held all the same', async () => {
  const sent: string[] = [];
  const desk = await startDesk(sent, [{ text: DRAFT, finish: 'stop' }]);
  const extension = await startExtension();
  try {
    await extension.importSettings({ mode: 'enforce', sites: [desk.url] });
    const page = await extension.context.newPage();
    await page.goto(desk.url);
    await page.getByRole('button', { name: 'Draft' }).click();
    await expect(page.getByLabel('Reply')).toHaveValue(DRAFT);
    await page.locator('countersign-pill').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.waitForTimeout(500);
    expect(sent).toEqual([]);
  } finally {
    await extension.close();
    await desk.close();
  }
});

test('a draft that begins as another answer did is known by its own answer once that ends', async () => {
  const whole = `${DRAFT}\n${REST}`;
  const desk = await startDesk(
    [],
    [
      { text: DRAFT, finish: 'length' },
      { text: whole, finish: 'stop' },
    ],
  );
  const extension = await startExtension();
  try {
    await extension.importSettings({ mode: 'enforce', sites: [desk.url] });
    const page = await extension.context.newPage();
    await page.goto(desk.url);
    const rows = await extension.open('_locales/en/messages.json');
    const pending = async () => {
      const { items, outputs } = await readRows(rows);
      return items
        .filter(({ state }) => state === 'pending')
        .map(({ draft, outputId }) => ({
          draft,
          from: outputs.find(({ id }) => id === outputId)?.output.text,
        }));
    };
    await page.getByRole('button', { name: 'Draft' }).click();
    await expect.poll(pending).toEqual([{ draft: DRAFT, from: DRAFT }]);
    await page.getByRole('button', { name: 'Draft' }).click();
    await expect(page.getByLabel('Reply')).toHaveValue(whole);
    await expect.poll(pending).toEqual([{ draft: whole, from: whole }]);
    const { events } = await readRows(rows);
    expect(events.map(({ type }) => type)).toContain('item.changed');
  } finally {
    await extension.close();
    await desk.close();
  }
});
