import { boundHash, type Bound } from '../../domain/bound.ts';
import { canonicalText } from '../../domain/canonical.ts';
import type { ReplyOf, RequestOf, ToPage } from '../../messaging/contracts.ts';
import { locatorsOf, readBound } from '../composer/read-bound.ts';
import type { WatchedComposer } from '../composer/watched-composer.ts';
import { isLive, replaceRange } from '../editors/index.ts';
import { findComposers } from '../locate/find-composers.ts';
import type { PageState } from '../state.ts';

export type EffectRequest = RequestOf<ToPage['effect.apply']>;
export type EffectReply = ReplyOf<ToPage['effect.apply']>;

/** Most decisions whose outcome is remembered, so that a repeated call changes nothing. */
const MAX_REMEMBERED = 500;

function failed(reason: string, bound: Bound | null): EffectReply {
  return { state: 'failed', reason, dropped: [], bound };
}

/** Carries decisions out in this document, each at most once. */
export function createEffects(options: {
  state: PageState;
  document: Document;
  /** The composer's verdict was changed by an effect, or should be asked for anew. */
  onChange: (composer: WatchedComposer) => void;
}): (request: EffectRequest) => Promise<EffectReply> {
  const { state, document, onChange } = options;
  const done = new Map<string, Promise<EffectReply>>();

  const allow = (composer: WatchedComposer, itemId: string, hash: string) => {
    const tier = composer.verdict?.state === 'item' ? composer.verdict.tier : 'low';
    composer.verdict = {
      state: 'item',
      boundHash: hash,
      itemId,
      status: 'approved',
      tier,
      changed: [],
    };
    composer.seenHash = hash;
    composer.held = null;
  };

  const replace = async (composer: WatchedComposer, request: EffectRequest) => {
    const { handle, at } = composer;
    const result = await replaceRange(handle, request.range, request.text, locatorsOf(at));
    const { bound, hash } = readBound(composer, document);
    if (result.state === 'failed') return failed(result.reason, bound);
    allow(composer, request.itemId, hash);
    return { state: result.state, reason: '', dropped: result.dropped.slice(0, 20), bound };
  };

  const inComposer = async (request: EffectRequest): Promise<EffectReply> => {
    const composer = state.composers.get(request.composerId);
    if (composer === undefined || !isLive(composer.handle)) return failed('gone', null);
    if (request.act === 'withdraw') {
      composer.verdict = null;
      onChange(composer);
      return {
        state: 'applied',
        reason: '',
        dropped: [],
        bound: readBound(composer, document).bound,
      };
    }
    const { bound, hash, tooLong } = readBound(composer, document);
    if (tooLong) return failed('too-long', null);
    if (hash !== request.shownHash) return failed('changed', bound);
    if (request.act === 'replace') {
      const writing = Promise.resolve()
        .then(() => replace(composer, request))
        .finally(() => {
          composer.writing = null;
          onChange(composer);
        });
      composer.writing = writing;
      return writing;
    }
    allow(composer, request.itemId, boundHash(bound));
    onChange(composer);
    return { state: 'applied', reason: '', dropped: [], bound };
  };

  /** Puts the text into the chat's prompt, when that is empty: a person's own prompt is not touched. */
  const toChat = (request: EffectRequest): EffectReply => {
    const prompts = state.site === null ? [] : findComposers(state.site, document);
    const prompt = prompts.find(({ at }) => at.to === 'assistant');
    if (prompt === undefined) return failed('gone', null);
    const before = readBound(prompt, document);
    if (before.bound.text.trim() !== '') return failed('not-empty', before.bound);
    const { root } = prompt.handle;
    root.focus({ preventScroll: true });
    prompt.handle.document.execCommand('insertText', false, request.text);
    const { bound } = readBound(prompt, document);
    return canonicalText(bound.text) === canonicalText(request.text)
      ? { state: 'applied', reason: '', dropped: [], bound }
      : failed('model-differs', bound);
  };

  return (request) => {
    const known = done.get(request.decisionId);
    if (known !== undefined) return known;
    const outcome =
      request.act === 'return-to-chat' ? Promise.resolve(toChat(request)) : inComposer(request);
    done.set(request.decisionId, outcome);
    const [oldest] = done.keys();
    if (done.size > MAX_REMEMBERED && oldest !== undefined) done.delete(oldest);
    return outcome;
  };
}
