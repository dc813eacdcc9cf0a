import type { Citation, FinishState, Usage } from '../domain/output.ts';
import { pathOf, type BodyEnd, type OutputDraft, type WireHead } from './decoder.ts';
import { unfinished } from './ended.ts';
import { parseJson } from './json.ts';
import type { MastraChunk, MastraPayload } from './mastra-chunk.ts';
import { createTextBuilder } from './text-builder.ts';
import { createTokenList } from './tokens.ts';

const MAX_CITATIONS = 500;

const FINISH: ReadonlyMap<string, FinishState> = new Map([
  ['stop', 'complete'],
  ['length', 'length'],
  ['content-filter', 'filtered'],
  ['tool-calls', 'tool'],
  ['error', 'error'],
  ['tripwire', 'filtered'],
]);

/** One run of an agent: one turn's answer, which may take several steps. */
export interface RunState {
  /** Takes the run's next frame; true when the run is over. */
  add(chunk: MastraChunk, at: number): boolean;
  /** The output; null when there was nothing to see. */
  draft(how: BodyEnd, at: number): OutputDraft | null;
}

export function createRun(runId: string, head: WireHead): RunState {
  const earlier = createTextBuilder();
  const step = createTextBuilder();
  const tokens = createTokenList();
  const citations: Citation[] = [];
  let part: string | null = null;
  let firstAt: number | null = null;
  let model: string | null = null;
  let usage: Usage | null = null;
  let ended: { finish: FinishState; finishDetail: string | null } | null = null;

  const closeStep = (whole: string | null | undefined) => {
    // The step's own text beats the sum of its pieces.
    if (whole) step.replace(whole);
    const text = step.text();
    if (text !== '') earlier.append(earlier.text() === '' ? text : `\n${text}`);
    step.replace('');
    part = null;
  };

  const learn = (payload: MastraPayload) => {
    model =
      payload.response?.modelId ??
      payload.metadata?.modelId ??
      payload.modelId ??
      modelOf(payload.request?.body) ??
      model;
    usage = usageOf(payload) ?? usage;
    tokens.add(payload.stepResult?.logprobs ?? []);
  };

  const finish = (payload: MastraPayload | null) => {
    closeStep(null);
    const whole = payload?.output?.text ?? '';
    if (whole.length > earlier.text().length) earlier.replace(whole);
    const reason = payload?.stepResult?.reason ?? '';
    const state = FINISH.get(reason) ?? 'unknown';
    ended = { finish: state, finishDetail: state === 'complete' ? null : reason.slice(0, 100) };
  };

  return {
    add({ type, payload }, at) {
      if (payload) learn(payload);
      switch (type) {
        case 'text-delta':
          firstAt ??= at;
          if (part !== null && payload?.id && payload.id !== part) step.append('\n');
          part = payload?.id ?? part;
          step.append(payload?.text ?? '');
          return false;
        case 'source':
          if (payload && citations.length < MAX_CITATIONS) {
            const { title, url } = payload;
            citations.push({
              start: null,
              end: null,
              title: title ?? '',
              url: url ?? null,
              quote: null,
            });
          }
          return false;
        case 'step-finish':
          closeStep(payload?.output?.text);
          return false;
        case 'finish':
          finish(payload ?? null);
          return true;
        case 'error':
          ended = { finish: 'error', finishDetail: messageOf(payload?.error) };
          return true;
        case 'abort':
          ended = unfinished('cancel');
          return true;
        case 'tripwire':
          ended = { finish: 'filtered', finishDetail: (payload?.reason ?? type).slice(0, 500) };
          return true;
        default:
          return false;
      }
    },
    draft(how, at) {
      closeStep(null);
      const { finish, finishDetail } = ended ?? unfinished(how);
      // All turns share one subscription, whose own request says nothing of when a turn was asked for.
      const askedAt = head.runs.get(runId) ?? (head.asked ? head.sentAt : null);
      const text = earlier.text();
      if (text === '' && finish !== 'error') return null;
      return {
        providerId: runId,
        text,
        finish,
        finishDetail,
        protocol: 'mastra',
        model,
        usage,
        firstByteMs: firstAt === null || askedAt === null ? null : firstAt - askedAt,
        totalMs: askedAt === null ? null : at - askedAt,
        citations,
        tokens: tokens.tokens(),
        truncated: earlier.truncated() || step.truncated(),
        requestPath: pathOf(head.url),
      };
    },
  };
}

function usageOf(payload: MastraPayload): Usage | null {
  const told = payload.totalUsage ?? payload.output?.usage;
  if (!told) return null;
  const input = told.inputTokens ?? null;
  const output = told.outputTokens ?? null;
  const total = told.totalTokens ?? null;
  return input === null && output === null && total === null ? null : { input, output, total };
}

/** The model that a step's request names; requests come as text or as an object. */
function modelOf(body: unknown): string | null {
  const value = typeof body === 'string' ? parseJson(body) : body;
  const model: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'model') : null;
  return typeof model === 'string' ? model : null;
}

function messageOf(error: unknown): string {
  if (typeof error === 'string') return error.slice(0, 500);
  const message: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : null;
  return typeof message === 'string' ? message.slice(0, 500) : 'error';
}
