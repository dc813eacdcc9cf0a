import OpenAI from 'openai';
import { afterEach, expect, it } from 'vitest';
import { startModelServer } from './server.ts';
import type { ModelServer, ModelServerOptions } from './server.ts';

// The official client reads what the server sends: what it accepts, other clients accept.
const open: ModelServer[] = [];
const start = async (options: ModelServerOptions) => {
  const server = await startModelServer(options);
  open.push(server);
  const client = new OpenAI({ baseURL: server.url, apiKey: 'none', maxRetries: 0 });
  return { server, completions: client.chat.completions };
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const ask = { model: 'm-1', messages: [{ role: 'user', content: 'Where is my parcel?' }] } as const;
const messages = [...ask.messages];

it('streams the text, the finish and, only when asked, logprobs and usage', async () => {
  const { server, completions } = await start({
    replies: [{ text: 'It left  us\n\ntoday.', logprobs: [-0.1, -2] }],
  });
  const rich = await completions.create({
    ...ask,
    messages,
    stream: true,
    logprobs: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  const probabilities: number[] = [];
  let usage: unknown = null;
  let finish: unknown = null;
  for await (const chunk of rich) {
    text += chunk.choices[0]?.delta.content ?? '';
    finish = chunk.choices[0]?.finish_reason ?? finish;
    usage = chunk.usage ?? usage;
    for (const token of chunk.choices[0]?.logprobs?.content ?? [])
      probabilities.push(token.logprob);
  }
  expect(text).toBe('It left  us\n\ntoday.');
  expect(probabilities).toEqual([-0.1, -2, -2, -2]);
  expect(usage).toMatchObject({ prompt_tokens: 4, completion_tokens: 4, total_tokens: 8 });
  expect(finish).toBe('stop');

  const plain = await completions.create({ ...ask, messages, stream: true });
  const seen = [];
  for await (const chunk of plain) seen.push(chunk.usage, chunk.choices[0]?.logprobs?.content);
  expect(seen.every((value) => value === undefined || value === null)).toBe(true);
  expect(server.requests.map(({ prompt, outcome }) => ({ prompt, outcome }))).toEqual([
    { prompt: 'Where is my parcel?', outcome: 'complete' },
    { prompt: 'Where is my parcel?', outcome: 'complete' },
  ]);
});

it('answers in one body, with citations, finish and its own model name', async () => {
  const citation = { url: 'https://shop.test/p', title: 'Policy', start_index: 0, end_index: 7 };
  const { completions } = await start({
    replies: [{ text: '14 days', model: 'm-2', finish: 'length', annotations: [citation] }],
  });
  const answer = await completions.create({ ...ask, messages });
  expect(answer.model).toBe('m-2');
  expect(answer.choices[0]).toMatchObject({
    finish_reason: 'length',
    message: {
      content: '14 days',
      annotations: [{ type: 'url_citation', url_citation: citation }],
    },
  });
});

it('serves queued answers first, then the script, and repeats its last', async () => {
  const { server, completions } = await start({ replies: [{ text: 'A' }, { text: 'B' }] });
  server.setNext({ text: 'X' }, { text: 'x', status: 429 });
  const next = async () =>
    (await completions.create({ ...ask, messages })).choices[0]?.message.content;
  expect(await next()).toBe('X');
  await expect(next()).rejects.toMatchObject({ status: 429 });
  expect([await next(), await next(), await next()]).toEqual(['A', 'B', 'B']);
});

it('answers a title request without using up the script', async () => {
  const { server, completions } = await start({ replies: [{ text: 'The answer' }] });
  const title = await completions.create({
    model: 'm-1',
    messages: [
      { role: 'system', content: 'You will generate a short title based on the first message.' },
      ...ask.messages,
    ],
  });
  expect(title.choices[0]?.message.content).not.toBe('The answer');
  expect(server.requests[0]?.title).toBe(true);
  const answer = await completions.create({ ...ask, messages });
  expect(answer.choices[0]?.message.content).toBe('The answer');
});

const raw = (url: string, signal: AbortSignal | null = null) =>
  fetch(`${url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ ...ask, stream: true }),
    signal,
  });

it.each([
  { how: 'end', ends: 'a clean end' },
  { how: 'error', ends: 'an error event' },
] as const)('cuts a stream after n tokens with $ends', async ({ how }) => {
  const { server } = await start({ replies: [{ text: 'one two three', cut: { after: 2, how } }] });
  const body = await (await raw(server.url)).text();
  expect(body).toContain('" two"');
  expect(body).not.toContain('three');
  expect(body).not.toContain('[DONE]');
  expect(body.includes('"error"')).toBe(how === 'error');
  expect(await server.requests[0]?.ended).toBe('cut');
});

it('resets the connection in the middle', async () => {
  const { server } = await start({
    replies: [{ text: 'one two three', cut: { after: 1, how: 'reset' } }],
  });
  await expect(raw(server.url).then((response) => response.text())).rejects.toThrow();
  expect(await server.requests[0]?.ended).toBe('cut');
});

it('sees that the client stopped, and stops sending', async () => {
  const { server } = await start({
    replies: [{ text: 'word '.repeat(10_000), tokensPerSecond: 500 }],
  });
  const stop = new AbortController();
  const response = await raw(server.url, stop.signal);
  await response.body?.getReader().read();
  stop.abort();
  expect(await server.requests[0]?.ended).toBe('stopped');
  expect(server.requests[0]?.tokensSent).toBeLessThan(10_000);
});

it('refuses what is no chat completion request', async () => {
  const { server } = await start({});
  for (const body of ['{', '{"messages":1}', '']) {
    const response = await fetch(`${server.url}/chat/completions`, { method: 'POST', body });
    expect(response.status).toBe(400);
  }
  expect(server.requests).toEqual([]);
});
