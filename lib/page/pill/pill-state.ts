import type { BoundPart } from '../../domain/bound.ts';
import type { Mode } from '../../domain/gate.ts';
import type { WatchedComposer } from '../composer/watched-composer.ts';
import type en from '../../../locales/en/page.json';

/** A state of the pill: a key of the catalog. */
export type PillCode = keyof (typeof en)['pill'];

/** How loud the pill is: colour is never the only sign, the words say the same. */
export type PillTone = 'calm' | 'good' | 'attention' | 'stop';

export interface PillState {
  code: PillCode;
  tone: PillTone;
  /** What differs, for the states that name it. */
  parts: readonly BoundPart[];
  /** The item that a click opens; null when there is none. */
  itemId: string | null;
}

type Known = Pick<
  WatchedComposer,
  'verdict' | 'seenHash' | 'trouble' | 'waiting' | 'held' | 'uncovered'
>;

const said = (
  code: PillCode,
  tone: PillTone,
  itemId: string | null = null,
  parts: readonly BoundPart[] = [],
): PillState => ({ code, tone, itemId, parts });

function troubled(composer: Known, mode: Mode): PillState | null {
  const { held } = composer;
  switch (composer.trouble) {
    case 'invalidated':
      return held === null ? said('reload', 'attention') : said('held-reload', 'stop');
    case 'silent':
      return held === null ? said('silent', 'attention') : said('held-silent', 'stop');
    case 'too-long':
      return held === null ? said('too-long', 'attention') : said('held-long', 'stop');
    default:
      return composer.uncovered && mode !== 'observe' && composer.verdict?.state === 'item'
        ? said('not-covered', 'attention', composer.verdict.itemId)
        : null;
  }
}

/** What the pill says of one composer; null when there is nothing to say. */
export function pillState(composer: Known, mode: Mode): PillState | null {
  if (composer.waiting) return said('checking', 'calm');
  const trouble = troubled(composer, mode);
  if (trouble !== null) return trouble;
  const { verdict, held } = composer;
  if (verdict?.state !== 'item') return held === null ? null : said('held-unchecked', 'stop');
  const { itemId, changed } = verdict;
  if (held === 'body-differs') return said('held-body', 'stop', itemId);
  switch (verdict.status) {
    case 'approved':
      if (held !== null) return said('held-unchecked', 'stop', itemId);
      // For content that was not asked about yet the verdict says nothing.
      return verdict.boundHash === composer.seenHash ? said('approved', 'good', itemId) : null;
    case 'changed':
      return held === null
        ? said('changed', 'attention', itemId, changed)
        : said('held-changed', 'stop', itemId, changed);
    case 'undecided':
      return held === null ? said('review', 'calm', itemId) : said('held', 'stop', itemId);
    default:
      return said(verdict.status, held === null ? 'attention' : 'stop', itemId);
  }
}

const LOUDNESS: readonly PillTone[] = ['stop', 'attention', 'calm', 'good'];

/** Of several composers, the one whose state is the most urgent; the first of equals. */
export function mostUrgent<T>(
  entries: readonly { state: PillState; composer: T }[],
): { state: PillState; composer: T } | null {
  const [first] = entries.toSorted(
    (a, b) => LOUDNESS.indexOf(a.state.tone) - LOUDNESS.indexOf(b.state.tone),
  );
  return first ?? null;
}
