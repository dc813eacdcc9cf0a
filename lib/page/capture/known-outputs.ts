import type { Output } from '../../domain/output.ts';
import type { OutputDraft } from '../../wire/decoder.ts';
import { letters, sameAnswer } from './same-answer.ts';

/** The same text again within this time is the same answer on another channel. */
const SAME_WITHIN_MS = 10_000;
const KEEP_MS = 600_000;
const MAX_KNOWN = 300;

/** An output that was given, and what later channels are compared with. */
interface Known {
  output: Output;
  /** Protocol and the provider's id; null when there is none. */
  key: string | null;
  letters: string;
  at: number;
}

/** What an app declared of an output (docs/integration.md): claims, no more. */
export type DeclaredOutput = Pick<
  Output,
  'text' | 'finish' | 'finishDetail' | 'model' | 'usage' | 'citations' | 'declaredConfidence'
>;

/**
 * The tab's outputs: one per answer, whatever number of channels it came by. Each is given when it
 * is first known, and again under the same id when its evidence grows.
 */
export interface KnownOutputs {
  wire(draft: OutputDraft): void;
  declared(output: DeclaredOutput): void;
  /** Text of an answer on screen: true when it is a known output's, whose evidence then grows. */
  shown(text: string): boolean;
  /** An answer on screen that no wire and no declaration told. */
  pageOnly(text: string): void;
}

export function createKnownOutputs(options: {
  give(output: Output): void;
  now(): number;
  uuid(): string;
}): KnownOutputs {
  let known: Known[] = [];

  const add = (output: Omit<Output, 'id' | 'at'>, key: string | null) => {
    const at = options.now();
    const entry = {
      output: { ...output, id: options.uuid(), at },
      key,
      letters: letters(output.text),
      at,
    };
    known = [...known.filter((one) => at - one.at < KEEP_MS), entry].slice(-MAX_KNOWN);
    options.give(entry.output);
  };

  const grow = (entry: Known, more: Partial<Output> & Pick<Output, 'evidence'>) => {
    const evidence = [...new Set([...entry.output.evidence, ...more.evidence])];
    if (evidence.length === entry.output.evidence.length) return;
    entry.output = { ...entry.output, ...more, evidence };
    options.give(entry.output);
  };

  const recent = (text: string, protocol: string, key: string | null) => {
    const wanted = letters(text);
    const since = options.now() - SAME_WITHIN_MS;
    // Two ids of one provider are two answers, also when the model says the same again.
    const other = (one: Known) =>
      key !== null && one.key !== null && one.key !== key && one.output.protocol === protocol;
    return known.find(
      (one) => one.at >= since && one.letters !== '' && one.letters === wanted && !other(one),
    );
  };

  /** The last failure on the wire that no answer on screen was taken for yet. */
  const failure = () => {
    const since = options.now() - SAME_WITHIN_MS;
    return known.findLast(
      ({ output, at }) => at >= since && output.finish === 'error' && output.text === '',
    );
  };

  const fromPage = (text: string): Omit<Output, 'id' | 'at'> => ({
    text,
    evidence: ['dom'],
    finish: 'unknown',
    finishDetail: null,
    protocol: 'dom',
    model: null,
    usage: null,
    latency: { firstByteMs: null, totalMs: null },
    citations: [],
    tokens: null,
    declaredConfidence: null,
    truncated: false,
  });

  return {
    wire(draft) {
      const { providerId, firstByteMs, totalMs, ...rest } = draft;
      const key = providerId === null ? null : `${draft.protocol} ${providerId}`;
      const again =
        known.find((one) => key !== null && one.key === key && sameEnd(one.output, draft)) ??
        recent(draft.text, draft.protocol, key);
      if (again !== undefined) {
        // The wire's word on how it ended beats a claim, so a claim alone does not stand in for it.
        if (again.output.evidence.includes('network')) return;
        known = known.filter((one) => one !== again);
      }
      const { citations, declaredConfidence = null, evidence = [] } = again?.output ?? {};
      add(
        {
          ...rest,
          citations: rest.citations.length > 0 ? rest.citations : (citations ?? []),
          evidence: ['network', ...evidence.filter((one) => one !== 'network')],
          latency: { firstByteMs, totalMs },
          declaredConfidence,
        },
        key,
      );
    },
    declared(output) {
      const again = recent(output.text, 'declared', null);
      if (again === undefined) {
        add(
          { ...fromPage(output.text), ...output, protocol: 'declared', evidence: ['declared'] },
          null,
        );
        return;
      }
      const { citations, model } = again.output;
      grow(again, {
        evidence: ['declared'],
        declaredConfidence: output.declaredConfidence,
        model: model ?? output.model,
        citations: citations.length > 0 ? citations : output.citations,
      });
    },
    shown(text) {
      const seen = letters(text);
      if (seen === '') return true;
      const entry = known.findLast((one) => one.letters !== '' && sameAnswer(one.letters, seen));
      if (entry === undefined) return false;
      grow(entry, { evidence: ['dom'] });
      return true;
    },
    pageOnly(text) {
      const failed = failure();
      if (failed === undefined) return add(fromPage(text), null);
      // What stands in the bubble is the failure's own words, not an answer.
      known = known.filter((one) => one !== failed);
      const { protocol, finishDetail, model, requestPath } = failed.output;
      add(
        {
          ...fromPage(text),
          evidence: ['dom', 'network'],
          finish: 'error',
          protocol,
          finishDetail,
          model,
          ...(requestPath === undefined ? {} : { requestPath }),
        },
        failed.key,
      );
    },
  };
}

/** Whether what came later under the same id adds nothing: the first ended, or says the same. */
function sameEnd(output: Output, draft: OutputDraft): boolean {
  return output.text === draft.text || (output.finish !== 'aborted' && output.finish !== 'unknown');
}
