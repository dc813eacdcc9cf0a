import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { text } from 'node:stream/consumers';

/** A message as the lab's helpdesk stored it. */
export interface Stored {
  kind: string;
  content: string;
  cc: string;
}

/** A chat with an AI and a helpdesk, two origins on loopback. */
export interface Lab {
  chat: string;
  desk: string;
  stored: Stored[];
  close(): Promise<void>;
}

const chatPage = (
  modelUrl: string,
) => `<!doctype html><meta charset="utf-8"><title>Assistant</title>
<h1>Assistant</h1><div id="log"></div>
<textarea id="prompt" aria-label="Prompt"></textarea><button id="ask">Ask</button>
<script>
document.getElementById('ask').addEventListener('click', async () => {
  const bubble = document.createElement('div');
  bubble.className = 'answer';
  document.getElementById('log').append(bubble);
  const response = await fetch(${JSON.stringify(modelUrl)} + '/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'lab-1', stream: true, stream_options: { include_usage: true },
      messages: [{ role: 'user', content: document.getElementById('prompt').value || 'hello' }] }),
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    rest += value;
    const lines = rest.split('\\n');
    rest = lines.pop();
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue;
      const delta = JSON.parse(line.slice(6)).choices[0]?.delta?.content;
      if (delta) bubble.textContent += delta;
    }
  }
  document.body.dataset.done = String(document.querySelectorAll('.answer').length);
});
</script>`;

const escape = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const deskPage = (id: string, stored: readonly Stored[]) => `<!doctype html><meta charset="utf-8">
<title>Ticket ${id}</title>
<style>body { font: 16px sans-serif; margin: 40px; max-width: 640px } textarea { width: 560px; height: 160px }</style>
<h1>Where is my refund?</h1>
<div class="message customer">Hello, order 1182 over EUR 102.00 never arrived. I paid on 3 November 2026. Ana</div>
<div class="record">Order 1182. Total EUR 102.00. Paid 3 November 2026. Refund approved EUR 102.00.</div>
${stored.map((message) => `<div class="sent" data-kind="${escape(message.kind)}" style="white-space:pre-wrap">${escape(message.content)}</div>`).join('')}
<form method="post" action="/send?id=${id}">
<select name="type"><option value="reply">Reply</option><option value="note">Note</option></select>
<input name="cc" aria-label="Cc" value="">
<textarea name="content" aria-label="Reply"></textarea>
<button name="go">Send</button></form>`;

/** The helpdesk as a site description, for `customSites`. */
export const labDesk = (origin: string) => ({
  id: 'lab-desk',
  name: 'Lab desk',
  version: 1,
  origins: [origin],
  kind: 'helpdesk',
  testedOn: null,
  thread: { each: '.message', author: { customer: '.customer' } },
  record: [{ title: 'Order', selector: '.record' }],
  delivered: { each: '.sent' },
  composers: [
    {
      id: 'reply',
      editor: 'textarea[name="content"]',
      send: ['button[name="go"]'],
      field: 'content',
      subject: { selector: 'h1' },
      threadKey: { query: 'id' },
      kind: { selector: 'select[name="type"]', field: 'type', reply: ['reply'], note: ['note'] },
      recipients: ['input[name="cc"]'],
    },
  ],
});

/** The chat as a site description. */
export const labChat = (origin: string) => ({
  id: 'lab-chat',
  name: 'Lab chat',
  version: 1,
  origins: [origin],
  kind: 'chat',
  testedOn: null,
  answers: { each: '.answer' },
  composers: [{ id: 'prompt', editor: '#prompt', to: 'assistant' }],
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

/** Starts chat and helpdesk; the chat asks the model server at `modelUrl`. */
export async function startLab(modelUrl: string): Promise<Lab> {
  const stored: Stored[] = [];
  const html = { 'content-type': 'text/html; charset=utf-8' };
  const chat = createServer((_request, response) => {
    response.writeHead(200, html).end(chatPage(modelUrl));
  });
  const onDesk = async (request: IncomingMessage): Promise<string> => {
    const url = new URL(request.url ?? '/', 'http://desk');
    const id = url.searchParams.get('id') ?? '1';
    if (request.method === 'POST') {
      const form = new URLSearchParams(await text(request));
      const field = (name: string) => form.get(name) ?? '';
      stored.push({ kind: field('type'), content: field('content'), cc: field('cc') });
    }
    return deskPage(id, stored);
  };
  const desk = createServer((request, response) => {
    void onDesk(request).then((page) => response.writeHead(200, html).end(page));
  });
  return {
    chat: await listen(chat),
    desk: await listen(desk),
    stored,
    async close() {
      for (const server of [chat, desk]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
