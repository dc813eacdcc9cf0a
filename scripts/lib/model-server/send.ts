import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { closingChunks, completion, errorBody, openingChunk, tokenChunk } from './frames.ts';
import type { Envelope } from './frames.ts';
import { tokensOf } from './reply.ts';

/** How an answer ended: well, broken by its script, by the client, or an HTTP error. */
export type Outcome = 'complete' | 'cut' | 'stopped' | 'refused';

/** Told after each token that was written. */
export type OnToken = () => void;

const event = (frame: unknown) => `data: ${JSON.stringify(frame)}\n\n`;

/** Writes and waits for the drain, so that a slow reader slows the server as a real one would. */
const write = async (response: ServerResponse, text: string): Promise<boolean> => {
  if (response.destroyed) return false;
  if (!response.write(text)) {
    // 'close' too: a reader that left never drains.
    await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  return !response.destroyed;
};

const breakOff = async (response: ServerResponse, how: 'reset' | 'end' | 'error') => {
  if (how === 'reset') {
    response.destroy();
    return;
  }
  if (how === 'error') await write(response, event(errorBody(500)));
  response.end();
};

const stream = async (response: ServerResponse, envelope: Envelope, onToken: OnToken) => {
  const { reply } = envelope;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  if (!(await write(response, event(openingChunk(envelope))))) return 'stopped';
  const start = performance.now();
  for (const [index, token] of tokensOf(reply.text).entries()) {
    if (reply.cut !== undefined && index >= reply.cut.after) {
      await breakOff(response, reply.cut.how);
      return 'cut';
    }
    if (reply.tokensPerSecond !== undefined) {
      const due = start + ((index + 1) * 1000) / reply.tokensPerSecond;
      const early = due - performance.now();
      if (early > 0) await wait(early);
    }
    if (!(await write(response, event(tokenChunk(envelope, token, index))))) return 'stopped';
    onToken();
  }
  for (const frame of closingChunks(envelope)) await write(response, event(frame));
  if (!(await write(response, 'data: [DONE]\n\n'))) return 'stopped';
  response.end();
  return 'complete';
};

const body = (response: ServerResponse, envelope: Envelope, onToken: OnToken): Outcome => {
  const { reply } = envelope;
  const text = JSON.stringify(completion(envelope));
  response.writeHead(200, { 'content-type': 'application/json' });
  if (reply.cut !== undefined) {
    // Half the JSON, then gone: what a proxy time-out looks like to the page.
    response.write(text.slice(0, text.length >> 1), () => response.destroy());
    return 'cut';
  }
  for (const _ of tokensOf(reply.text)) onToken();
  response.end(text);
  return 'complete';
};

/** Sends one scripted answer; resolves when its last byte was handed over or the client left. */
export const send = async (
  response: ServerResponse,
  envelope: Envelope,
  onToken: OnToken,
): Promise<Outcome> => {
  const { reply, request } = envelope;
  if (reply.firstByteMs !== undefined) await wait(reply.firstByteMs);
  if (response.destroyed) return 'stopped';
  if (reply.status !== undefined) {
    response.writeHead(reply.status, {
      'content-type': 'application/json',
      ...(reply.status === 429 ? { 'retry-after': '1' } : {}),
    });
    response.end(JSON.stringify(errorBody(reply.status)));
    return 'refused';
  }
  return request.stream === true
    ? stream(response, envelope, onToken)
    : body(response, envelope, onToken);
};
