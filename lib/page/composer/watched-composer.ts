import type { Verdict } from '../../domain/gate.ts';
import type { ComposerAt } from '../../sites/site-parts.ts';
import type { EditorHandle } from '../editors/index.ts';
import { boxOf } from '../locate/box-of.ts';

/** Why nothing can be said of a composer now. */
export type Trouble = 'silent' | 'invalidated' | 'too-long';

/** One composer of the page while it stands there, and what is known of its content. */
export interface WatchedComposer {
  /** Stable for one composer of one thread in this document, also when the editor is re-rendered. */
  readonly id: string;
  readonly at: ComposerAt;
  readonly handle: EditorHandle;
  readonly threadKey: string;
  /** The worker's last answer, about exactly the content that `boundHash` names. */
  verdict: Verdict | null;
  /** Hash of the content as last read; '' before. */
  seenHash: string;
  trouble: Trouble | null;
  /** A press of Send waits for the worker. */
  waiting: boolean;
  /** Why the last press of Send was held; null again when the content or the verdict changes. */
  held: 'verdict' | 'body-differs' | null;
  /** An effect writes: changes are its own. Ends when it is done. */
  writing: Promise<unknown> | null;
  /** Editor found, but nothing that sends it. */
  uncovered: boolean;
  /** Recipients, kind, attachments as last seen, to notice changes that fire no event. */
  partsSeen: string;
  /** Takes the listeners away and forgets what was asked. */
  stop(): void;
}

/**
 * An id for a composer from what stays the same when its element is replaced; at most 20 units. Without a
 * thread key it is by the page's `address`, of which only the hash is told: two tickets are two composers.
 */
export function composerId(
  at: ComposerAt,
  threadKey: string,
  position: number,
  address: string,
): string {
  let hash = 0x811c9dc5;
  for (const unit of `${boxOf(at)}\n${threadKey || address.split('#')[0]}`) {
    // FNV-1a, 32 bit: short, stable and no secret; it only tells composers of one page apart.
    hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return `${hash.toString(36)}.${position}`;
}
