import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createBodyReader } from './body-reader.ts';
import type { BodyEnd, OutputDraft } from './decoder.ts';

const frames = (name: string) =>
  new Uint8Array(readFileSync(`${import.meta.dirname}/../../tests/fixtures/wire/frames/${name}`));

const HEAD = {
  url: 'https://any.test/v1/chat/completions?key=1',
  status: 200,
  asked: true,
  sentAt: 1000,
  runs: new Map<string, number>(),
};

/** Reads `bytes` in the given pieces, one millisecond apart, as the capture does. */
function read(
  pieces: readonly Uint8Array[],
  how: BodyEnd = 'end',
  head: Partial<typeof HEAD> = {},
): OutputDraft[] {
  const reader = createBodyReader({ ...HEAD, ...head });
  let at = 1000;
  const found = pieces.flatMap((piece) => reader.bytes(piece, (at += 1)));
  return [...found, ...reader.end(how, at + 1)];
}

const untimed = (drafts: OutputDraft[]) =>
  drafts.map((draft) => ({ ...draft, firstByteMs: null, totalMs: null }));

const summary = (drafts: OutputDraft[]) =>
  drafts.map(({ providerId, text, finish, finishDetail }) => [
    providerId,
    text,
    finish,
    finishDetail,
  ]);

const ALL = [
  'openai-full.sse',
  'openai-odd-framing.sse',
  'openai-two-choices.sse',
  'openai-refusal.sse',
  'openai-filtered.sse',
  'openai-error-mid.sse',
  'openai-done-without-finish.sse',
  'openai-tool.sse',
  'openai-whole.body',
  'openai-429.body',
  'mastra-subscribe.sse',
];

describe.each(ALL)('%s', (name) => {
  const bytes = frames(name);
  const whole = untimed(read([bytes]));

  it('gives the same outputs cut at every byte', () => {
    expect(whole.length).toBeGreaterThan(0);
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(untimed(read([bytes.subarray(0, at), bytes.subarray(at)]))).toEqual(whole);
    }
    const single = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
    expect(untimed(read(single))).toEqual(whole);
  });

  it('is never complete before its end was seen', () => {
    const OTHERS = ['cancel', 'error', 'limit'] as const;
    for (let at = 0; at < bytes.length; at += 1) {
      const cut = bytes.subarray(0, at);
      const seen = new TextDecoder().decode(cut);
      for (const draft of [...read([cut]), ...read([cut], OTHERS[at % 3] ?? 'end')]) {
        if (draft.finish !== 'complete') continue;
        const full = whole.find((one) => one.providerId === draft.providerId);
        expect([draft.text, draft.finish]).toEqual([full?.text, full?.finish]);
        expect(seen).toMatch(/"(?:finish_reason|reason)": ?"stop"/);
      }
    }
  });
});

describe('OpenAI chat completions', () => {
  it('reads text, model, usage, probabilities, citations and times', () => {
    const bytes = frames('openai-full.sse');
    const [draft, ...more] = read([bytes.subarray(0, 300), bytes.subarray(300)]);
    expect(more).toEqual([]);
    expect(draft).toEqual({
      providerId: 'cc-1#0',
      text: 'Grüße aus Zürich 😀.',
      finish: 'complete',
      finishDetail: null,
      protocol: 'openai-chat',
      model: 'countersign-test-1',
      usage: { input: 21, output: 6, total: 27 },
      firstByteMs: 1,
      totalMs: 2,
      citations: [
        { start: 0, end: 5, title: 'Refunds', url: 'https://policy.test/refunds', quote: null },
      ],
      tokens: [
        { token: 'Grüße', logprob: -0.1 },
        { token: ' aus', logprob: -20 },
        { token: ' Zürich', logprob: -0.3 },
        { token: ' 😀', logprob: -1.5 },
        { token: '.', logprob: 0 },
      ],
      truncated: false,
      requestPath: '/v1/chat/completions',
    });
  });

  it.each([
    ['openai-odd-framing.sse', [['cc-2#0', 'Your refund of € 12 is booked.', 'complete', null]]],
    [
      'openai-two-choices.sse',
      [
        ['cc-3#0', 'Yes, today.', 'complete', null],
        ['cc-3#1', 'No, not today.', 'length', 'length'],
      ],
    ],
    ['openai-refusal.sse', [['cc-4#0', 'I cannot help with that.', 'refused', null]]],
    ['openai-filtered.sse', [['cc-5#0', 'Half a', 'filtered', 'content_filter']]],
    [
      'openai-error-mid.sse',
      [['cc-6#0', 'Your parcel is is', 'error', 'server_error: The server is overloaded']],
    ],
    [
      'openai-done-without-finish.sse',
      [['cc-7#0', 'Half an answer', 'unknown', 'no-finish-reason']],
    ],
    ['openai-tool.sse', [['cc-8#0', 'Dear Ms Lin, your refund is booked.', 'tool', 'tool_calls']]],
    ['openai-whole.body', [['cc-9#0', 'Your order 4711 left on 3 May.', 'complete', null]]],
  ])('%s', (name, expected) => {
    expect(summary(read([frames(name)]))).toEqual(expected);
  });

  it('says how a stream that was not finished ended', () => {
    const cut = [frames('openai-full.sse').subarray(0, 1200)];
    const ended = (how: BodyEnd) => read(cut, how).map((draft) => draft.finishDetail);
    expect(ended('cancel')).toEqual(['stopped-by-page']);
    expect(ended('error')).toEqual(['line-broken']);
    expect(ended('end')).toEqual(['no-finish-reason']);
    expect(read(cut, 'cancel')[0]).toMatchObject({
      finish: 'aborted',
      text: 'Grüße aus Zürich',
    });
    expect(read(cut, 'end')[0]?.finish).toBe('unknown');
  });

  it('names an HTTP error, with or without the shape of one', () => {
    const limited = read([frames('openai-429.body')], 'end', { status: 429 });
    expect(summary(limited)).toEqual([
      [null, '', 'error', '429 rate_limit_exceeded: Rate limit reached, try again in 20 s'],
    ]);
    const odd = read([new TextEncoder().encode('{"detail":"nope"}')], 'end', { status: 500 });
    expect(summary(odd)).toEqual([[null, '', 'error', '500']]);
  });

  it("takes no other API's error for an answer", () => {
    expect(read([frames('openai-429.body')], 'end', { status: 429, asked: false })).toEqual([]);
  });

  it('gives a finished answer when the stream stays open', () => {
    const reader = createBodyReader(HEAD);
    const text = new TextDecoder()
      .decode(frames('openai-full.sse'))
      .replace('data: [DONE]\n\n', '');
    expect(reader.text(text, 1500)).toEqual([]);
    expect(reader.busy()).toBe(true);
    expect(summary(reader.idle())).toEqual([['cc-1#0', 'Grüße aus Zürich 😀.', 'complete', null]]);
    expect(reader.end('cancel', 2600)).toEqual([]);
  });

  it('cuts a text that is too long, whole characters only, and says so', () => {
    const reader = createBodyReader(HEAD);
    const chunk = (content: string) =>
      `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta: { content } }] })}\n\n`;
    reader.text(chunk('a'), 1);
    for (let i = 0; i < 6; i += 1) reader.text(chunk('😀'.repeat(100_000)), 1);
    const [draft] = reader.end('end', 2);
    expect(draft?.truncated).toBe(true);
    expect(draft?.text.length).toBe(1_048_575);
    expect(draft?.text.isWellFormed()).toBe(true);
  });

  it('survives fields of the wrong kind', () => {
    const bad = [
      '{"choices":[{"index":"0","delta":{"content":"Still "},"logprobs":7,"finish_reason":3}]}',
      '{"choices":[{"index":0,"delta":{"content":"here"},"finish_reason":"stop"}],"usage":"much"}',
      '{"choices":{"0":1}}',
      'not json',
    ];
    const text = bad.map((line) => `data: ${line}\n\n`).join('');
    expect(summary(read([new TextEncoder().encode(text)]))).toEqual([
      [null, 'Still here', 'complete', null],
    ]);
  });
});

describe('Mastra', () => {
  it('cuts the shared stream by run and says how each run ended', () => {
    expect(summary(read([frames('mastra-subscribe.sse')], 'cancel'))).toEqual([
      ['run-1', 'Ihre Rückerstattung ist gebucht 😀.', 'complete', null],
      ['run-3', 'Cut by the limit', 'length', 'length'],
      ['run-2', 'Let me look\nIt left on Monday.', 'complete', null],
      ['run-4', 'Oh', 'error', 'model not reachable'],
      ['run-5', 'Never', 'aborted', 'stopped-by-page'],
      ['run-6', 'Still going', 'aborted', 'stopped-by-page'],
    ]);
  });

  it('gives a run at its own end, not at the end of the body', () => {
    const reader = createBodyReader(HEAD);
    const [first] = new TextDecoder().decode(frames('mastra-subscribe.sse')).split(': ping');
    const [draft] = reader.text(first ?? '', 5000);
    expect(draft).toMatchObject({
      model: 'countersign-test-1',
      usage: { input: 30, output: 8, total: 38 },
      citations: [{ title: 'Policy', url: 'https://policy.test/r' }],
      tokens: null,
      protocol: 'mastra',
    });
    expect(reader.busy()).toBe(false);
  });

  it('counts the time from the message that asked, and has none when that was not seen', () => {
    const runs = new Map<string, number>();
    const receipt = createBodyReader({ ...HEAD, runs, sentAt: 4000 });
    receipt.text('{"accepted":true,"runId":"run-1"}', 4100);
    expect(receipt.end('end', 4100)).toEqual([]);
    const reader = createBodyReader({ ...HEAD, asked: false, runs });
    const drafts = reader.text(new TextDecoder().decode(frames('mastra-subscribe.sse')), 5000);
    expect(drafts.map(({ firstByteMs, totalMs }) => [firstByteMs, totalMs])).toEqual([
      [1000, 1000],
      ...Array.from({ length: 4 }, () => [null, null]),
    ]);
  });

  it('reads the real stream of Mastra Studio 1.31', () => {
    const drafts = read([frames('mastra-studio-1.31.sse')], 'cancel');
    expect(drafts.map(({ model, finish, usage }) => [model, finish, usage?.input])).toEqual([
      ['local-model', 'complete', 14],
      ['local-model', 'complete', expect.any(Number)],
    ]);
    expect(drafts[0]?.text).toMatch(/^Hello Nadia,\n\nthank you for writing to us\. .*\.$/s);
  });

  it('gives a replayed run once', () => {
    const text = new TextDecoder().decode(frames('mastra-subscribe.sse'));
    const reader = createBodyReader(HEAD);
    const once = reader.text(text, 1).length;
    expect(once).toBe(5);
    expect(reader.text(text, 2)).toEqual([]);
  });
});

describe('other bodies', () => {
  it.each([
    'data: {"tick":1}\n\ndata: {"tick":2}\n\n',
    '{"object":"list","data":[]}',
    '<!doctype html><p>"choices":[</p>',
    'data: [DONE]\n\n',
    '',
  ])('%s holds no answer', (text) => {
    expect(read([new TextEncoder().encode(text)])).toEqual([]);
  });

  it('are given up after a while', () => {
    const reader = createBodyReader(HEAD);
    for (let i = 0; i < 5000; i += 1) reader.text('data: {"tick":"no answer"}\n\n', i);
    expect(reader.over()).toBe(true);
  });
});
