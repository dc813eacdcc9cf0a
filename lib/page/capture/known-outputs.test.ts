import { describe, expect, it } from 'vitest';
import type { Output } from '../../domain/output.ts';
import type { OutputDraft } from '../../wire/decoder.ts';
import { createKnownOutputs } from './known-outputs.ts';

const TEXT = 'Your refund of 12 EUR was booked on 3 May and should be with you by Friday.';

const draft = (more: Partial<OutputDraft> = {}): OutputDraft => ({
  providerId: 'cc-1#0',
  text: TEXT,
  finish: 'complete',
  finishDetail: null,
  protocol: 'openai-chat',
  model: 'm',
  usage: null,
  firstByteMs: 1,
  totalMs: 2,
  citations: [],
  tokens: null,
  truncated: false,
  requestPath: '/v1',
  ...more,
});

const claim = {
  text: TEXT,
  finish: 'complete' as const,
  finishDetail: null,
  model: 'claimed',
  usage: null,
  citations: [],
  declaredConfidence: { value: 0.5, source: 'app' },
};

function setUp() {
  const given: Output[] = [];
  let at = 0;
  let ids = 0;
  const known = createKnownOutputs({
    give: (output) => given.push(output),
    now: () => at,
    uuid: () => `o${(ids += 1)}`,
  });
  const summary = () => given.map(({ id, evidence, finish }) => [id, evidence.join('+'), finish]);
  return { known, given, summary, pass: (ms: number) => (at += ms) };
}

describe('known outputs', () => {
  it('gives one output for one provider id, also much later', () => {
    const { known, summary, pass } = setUp();
    known.wire(draft());
    pass(60_000);
    known.wire(draft());
    expect(summary()).toEqual([['o1', 'network', 'complete']]);
  });

  it('gives one output for the same text on another protocol within ten seconds', () => {
    const { known, summary, pass } = setUp();
    known.wire(draft());
    pass(9_000);
    known.wire(draft({ protocol: 'mastra', providerId: 'run' }));
    expect(summary()).toHaveLength(1);
    pass(11_000);
    known.wire(draft({ protocol: 'mastra', providerId: 'run-2' }));
    expect(summary()).toHaveLength(2);
  });

  it('takes two ids of one provider for two answers, though they say the same', () => {
    const { known, summary } = setUp();
    known.wire(draft());
    known.wire(draft({ providerId: 'cc-2#0' }));
    expect(summary()).toHaveLength(2);
  });

  it('gives the whole answer after a cut one of the same id, not the other way round', () => {
    const { known, summary } = setUp();
    known.wire(draft({ text: TEXT.slice(0, 20), finish: 'aborted' }));
    known.wire(draft());
    known.wire(draft({ text: TEXT.slice(0, 30), finish: 'aborted' }));
    expect(summary()).toEqual([
      ['o1', 'network', 'aborted'],
      ['o2', 'network', 'complete'],
    ]);
  });

  it('lets a claim add evidence and confidence, and nothing else', () => {
    const { known, given } = setUp();
    known.wire(draft({ finish: 'length' }));
    known.declared(claim);
    expect(given[1]).toEqual({
      ...given[0],
      evidence: ['network', 'declared'],
      declaredConfidence: { value: 0.5, source: 'app' },
    });
  });

  it('believes the wire over a claim that came first', () => {
    const { known, given } = setUp();
    known.declared(claim);
    known.wire(draft({ finish: 'unknown' }));
    expect(given[1]).toMatchObject({
      evidence: ['network', 'declared'],
      finish: 'unknown',
      model: 'm',
      declaredConfidence: { value: 0.5 },
    });
  });

  it('grows the evidence of an answer once it is on screen', () => {
    const { known, summary } = setUp();
    known.wire(draft());
    expect(known.shown('Something else that stands on the page, quite another answer.')).toBe(
      false,
    );
    expect(known.shown(`${TEXT}\nCopy`)).toBe(true);
    expect(known.shown(TEXT)).toBe(true);
    expect(summary()).toEqual([
      ['o1', 'network', 'complete'],
      ['o1', 'network+dom', 'complete'],
    ]);
  });

  it('takes what stands on screen after a failure for the failure, once', () => {
    const { known, given, summary } = setUp();
    known.wire(draft({ providerId: null, text: '', finish: 'error', finishDetail: '429' }));
    known.pageOnly('Too many requests');
    known.pageOnly('An answer from before');
    expect(summary().slice(1)).toEqual([
      ['o2', 'dom+network', 'error'],
      ['o3', 'dom', 'unknown'],
    ]);
    expect(given[1]).toMatchObject({ text: 'Too many requests', finishDetail: '429' });
  });
});
