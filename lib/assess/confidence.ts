import type { Confidence, Signal } from '../domain/assessment.ts';
import type { Output, TokenLogprob } from '../domain/output.ts';

/** Below this share of the draft's word pairs the output's numbers say nothing about the draft. */
const LEAST_MATCH_SHARE = 0.5;
/** Least share of the draft's letters that must stand in sentences left unchanged. */
const LEAST_KEPT_SHARE = 0.5;
/** Least share of the tokens that must be found in the output's text. */
const LEAST_ALIGNED_SHARE = 0.8;
/** Bands of the raw value. A convention, not a calibration: docs/confidence.md. */
const BANDS = { high: 0.9, medium: 0.7 } as const;

/** A mark with a letter or digit behind it ("102.00") ends no sentence; runs of marks stay whole. */
const SENTENCE =
  /[^\n.!?…。！？]+(?:[.!?…。！？]+(?![.!?…。！？\s]|$)[^\n.!?…。！？]*)*[.!?…。！？]*/gu;
/** How far ahead a token is looked for when the wire broke the ones before it (split emoji). */
const RESYNC = 64;

type Band = 'low' | 'medium' | 'high';
type Declared = NonNullable<Output['declaredConfidence']>;

/** The word for a raw value in 0 to 1. */
function bandOf(value: number): Band {
  if (value >= BANDS.high) return 'high';
  return value >= BANDS.medium ? 'medium' : 'low';
}

/** True for a declared value within 0 to 1; anything else is not a confidence. */
export function isDeclaredUsable(declared: Declared | null): declared is Declared {
  return declared !== null && declared.value >= 0 && declared.value <= 1;
}

/**
 * What is known of the confidence of a draft: the token probabilities of the sentences that still
 * stand as the model wrote them, else the app's own claim, else `unknown` with its reason. Never a
 * made-up number. `signals` hold the same values with their sources.
 */
export function confidenceOf(
  draft: string,
  output: Output | null,
  matchShare: number,
): { confidence: Confidence; signals: Signal[] } {
  if (output === null) return unknown('no-output-matched');
  if (output.finish !== 'complete' || output.truncated) return unknown('incomplete-output');
  if (!(matchShare >= LEAST_MATCH_SHARE)) return unknown('text-edited');
  const declared = declaredOf(output);
  const token = tokenOf(draft, output);
  const signals = [...token.signals, ...declared.signals];
  if (token.confidence.state === 'unknown' && declared.confidence !== null) {
    return { confidence: declared.confidence, signals };
  }
  return { confidence: token.confidence, signals };
}

type Unknown = Extract<Confidence, { state: 'unknown' }>;

function unknown(reason: Unknown['reason']): { confidence: Confidence; signals: Signal[] } {
  return { confidence: { state: 'unknown', reason }, signals: [] };
}

function declaredOf(output: Output): { confidence: Confidence | null; signals: Signal[] } {
  const declared = output.declaredConfidence;
  if (!isDeclaredUsable(declared)) return { confidence: null, signals: [] };
  const { value } = declared;
  return {
    confidence: { state: 'declared', band: bandOf(value), value, source: declared.source },
    signals: [
      { kind: 'declared', name: 'declared-confidence', value, source: declared.source, n: null },
    ],
  };
}

function tokenOf(draft: string, output: Output): { confidence: Confidence; signals: Signal[] } {
  const placed = placeTokens(output.tokens ?? [], output.text);
  if (placed === null) return unknown('no-token-probabilities');
  const kept = keptTokens(draft, output.text, placed);
  if (kept === null) return unknown('text-edited');

  const n = kept.length;
  const mean = Math.exp(kept.reduce((sum, { logprob }) => sum + logprob, 0) / n);
  const weakest = kept
    .filter(({ token }) => /[\p{L}\p{N}]/u.test(token))
    .reduce<PlacedToken | null>((low, t) => (low && low.logprob <= t.logprob ? low : t), null);
  const signal = (name: string, value: number): Signal => ({
    kind: 'token',
    name,
    value,
    source: 'wire',
    n,
  });
  const weakestShown = weakest && {
    token: weakest.token.trim(),
    probability: Math.exp(weakest.logprob),
  };
  return {
    confidence: {
      state: 'token',
      band: bandOf(mean),
      mean,
      weakest: weakestShown,
      n,
      source: 'wire',
    },
    signals: [
      signal('mean-token-probability', mean),
      ...(weakestShown ? [signal('weakest-token-probability', weakestShown.probability)] : []),
    ],
  };
}

interface PlacedToken extends TokenLogprob {
  start: number;
}

/** Tokens with their offsets in the output; null when they are not this text's tokens. */
function placeTokens(tokens: readonly TokenLogprob[], text: string): PlacedToken[] | null {
  const usable = tokens.filter(({ token, logprob }) => token !== '' && !Number.isNaN(logprob));
  const placed: PlacedToken[] = [];
  let at = 0;
  for (const { token, logprob } of usable) {
    const near = text.slice(at, at + RESYNC + token.length).indexOf(token);
    if (near < 0) continue;
    placed.push({ token, logprob: Math.min(0, Math.max(-20, logprob)), start: at + near });
    at += near + token.length;
  }
  if (placed.length === 0 || placed.length < usable.length * LEAST_ALIGNED_SHARE) return null;
  return placed;
}

/** Tokens of the sentences that stand unchanged in the draft; null when that is too little of it. */
function keptTokens(
  draft: string,
  text: string,
  placed: readonly PlacedToken[],
): PlacedToken[] | null {
  // Markdown marks and bullets get lost between the chat and the composer; the words stay.
  const same = (piece: string) =>
    piece
      .replace(/[*_`#>~•\s\u200b\ufeff]+/gu, ' ')
      .replace(/^ ?[-–] /u, '')
      .trim();
  const left = new Map<string, number>();
  let draftSize = 0;
  for (const [piece] of draft.matchAll(SENTENCE)) {
    const key = same(piece);
    left.set(key, (left.get(key) ?? 0) + 1);
    draftSize += key.length;
  }
  const kept: PlacedToken[] = [];
  let keptSize = 0;
  let at = 0;
  for (const match of text.matchAll(SENTENCE)) {
    const key = same(match[0]);
    const end = match.index + match[0].length;
    const count = left.get(key) ?? 0;
    if (count > 0) {
      left.set(key, count - 1);
      keptSize += key.length;
    }
    for (let token = placed[at]; token !== undefined && token.start < end; token = placed[at]) {
      if (count > 0) kept.push(token);
      at += 1;
    }
  }
  return kept.length > 0 && keptSize >= draftSize * LEAST_KEPT_SHARE ? kept : null;
}
