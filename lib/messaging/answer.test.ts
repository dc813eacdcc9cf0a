import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { answer, ownEntry, type CallSender, type Served } from './answer.ts';
import { toPage, toWorker } from './contracts.ts';
import { contentReplies, pageRequests } from './page-contracts.ts';

const sender = (caller: 'content' | 'extension'): CallSender => ({
  caller,
  origin: 'https://desk.example',
  tabId: 1,
  frameId: 0,
  documentId: 'd',
  windowId: 1,
});
const table: Record<string, Served> = {
  twice: { from: 'content', request: z.object({ n: z.number() }) },
};

function call(message: unknown, over: { from?: 'content' | 'extension'; admit?: boolean } = {}) {
  const problems: string[] = [];
  let handled = 0;
  const reply = answer(
    message,
    sender(over.from ?? 'content'),
    (name) => ownEntry(table, name),
    {
      twice: ({ n }: { n: number }) => {
        handled += 1;
        return n < 0 ? Promise.reject(new Error('negative')) : Promise.resolve(2 * n);
      },
    },
    { admit: () => over.admit ?? true, onProblem: (code) => problems.push(code) },
  );
  return { reply, problems, handled: () => handled };
}
const message = (name: string, request: unknown) => ({ countersign: 1, name, request });

test('a call in shape is handled, and what it asks for is all that arrives', async () => {
  const { reply, problems } = call(message('twice', { n: 4, more: 'x' }));
  expect(await reply).toEqual({ ok: true, reply: 8 });
  expect(problems).toEqual([]);
});

test.each([
  ['another shape', message('twice', { n: '4' }), {}],
  ['an unknown call', message('thrice', { n: 4 }), {}],
  ['a name that every object has', message('toString', {}), {}],
  ['a name that objects inherit', message('__proto__', {}), {}],
  ['another caller', message('twice', { n: 4 }), { from: 'extension' as const }],
  ['a flood', message('twice', { n: 4 }), { admit: false }],
])('%s is refused and told, not handled', async (_what, sent, over) => {
  const { reply, problems, handled } = call(sent, over);
  expect(await reply).toMatchObject({ ok: false, code: 'refused' });
  expect(problems).toEqual(['message-refused']);
  expect(handled()).toBe(0);
});

test('what is no call of ours gets no answer; a handler that throws is said', async () => {
  expect(call({ name: 'twice', request: { n: 1 } }).reply).toBeNull();
  expect(call({ ...message('twice', { n: 1 }), countersign: 2 }).reply).toBeNull();
  expect(call('twice').reply).toBeNull();
  const { reply, problems } = call(message('twice', { n: -1 }));
  expect(await reply).toMatchObject({ ok: false, code: 'failed' });
  expect(problems).toEqual(['call-failed']);
});

test('a content script checks by the same schemas as the worker', () => {
  const content = Object.entries(toWorker).filter(([, { from }]) => from === 'content');
  expect(content.length).toBeGreaterThan(5);
  expect(Object.fromEntries(content.map(([name, { reply }]) => [name, reply]))).toEqual(
    contentReplies,
  );
  for (const [name, { reply }] of content) expect(reply).toBe(ownEntry(contentReplies, name));
  for (const [name, { request }] of Object.entries(toPage))
    expect(request).toBe(ownEntry(pageRequests, name));
});

test('a call is one of the table, by its own name only', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
    expect(ownEntry(toWorker, name)).toBeUndefined();
  expect(ownEntry(toWorker, 'item.decide')).toBe(toWorker['item.decide']);
});
