import { describe, expect, it } from 'vitest';
import type { OutputDraft } from '../../wire/decoder.ts';
import { createBodies } from './bodies.ts';

const chunk = (content: string, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'cc', choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;
const bytes = (text: string) => new TextEncoder().encode(text);

function setUp() {
  const given: OutputDraft[] = [];
  const bodies = createBodies((draft) => given.push(draft));
  const head = (id: number) =>
    bodies.take({
      t: 'head',
      id,
      url: 'http://127.0.0.1/v1/chat/completions',
      contentType: 'text/event-stream',
      status: 200,
      asked: true,
      sentAt: 0,
    });
  return { given, bodies, head, ends: () => given.map(({ text, finish }) => [text, finish]) };
}

describe('bodies', () => {
  it('gives a finished answer of a body that fell silent', () => {
    const { bodies, head, ends } = setUp();
    head(1);
    bodies.take({ t: 'data', id: 1, at: 10, bytes: bytes(chunk('All', 'stop')) });
    bodies.tick(900);
    expect(ends()).toEqual([]);
    expect(bodies.busy(900)).toBe(true);
    bodies.tick(1100);
    expect(ends()).toEqual([['All', 'complete']]);
    expect(bodies.busy(1100)).toBe(false);
  });

  it('an answer that no longer moves holds nothing back', () => {
    const { bodies, head } = setUp();
    head(1);
    bodies.take({ t: 'data', id: 1, at: 10, bytes: bytes(chunk('Half')) });
    expect(bodies.busy(20_000)).toBe(true);
    expect(bodies.busy(31_000)).toBe(false);
  });

  it('a cut clone waits for the one that goes on, not for ever', () => {
    const { bodies, head, ends } = setUp();
    head(1);
    bodies.take({ t: 'data', id: 1, at: 10, bytes: bytes(chunk('Half')) });
    bodies.take({ t: 'end', id: 1, at: 20, how: 'cancel', cloned: true });
    bodies.tick(9_000);
    expect(ends()).toEqual([]);
    bodies.tick(10_100);
    expect(ends()).toEqual([['Half', 'aborted']]);
  });

  it('a dropped message, and a page that goes, leave no complete answer', () => {
    const { bodies, head, ends } = setUp();
    head(1);
    head(2);
    bodies.take({ t: 'data', id: 1, at: 10, bytes: bytes(chunk('One')) });
    bodies.take({ t: 'data', id: 2, at: 10, bytes: bytes(chunk('Two')) });
    bodies.cut(1, 11);
    bodies.take({ t: 'data', id: 1, at: 12, bytes: bytes(chunk(' more', 'stop')) });
    bodies.endAll('cancel', 13);
    expect(ends()).toEqual([
      ['One', 'unknown'],
      ['Two', 'aborted'],
    ]);
  });

  it('keeps no more bodies than it can, and takes no id twice', () => {
    const { bodies, head, ends } = setUp();
    for (let id = 1; id <= 300; id += 1) {
      head(id);
      bodies.take({ t: 'data', id, at: 1, bytes: bytes(chunk(`no. ${id}`)) });
    }
    expect(ends()).toHaveLength(44);
    head(300);
    bodies.take({ t: 'end', id: 300, at: 2, how: 'end', cloned: false });
    expect(ends().at(-1)).toEqual(['no. 300', 'unknown']);
  });
});
