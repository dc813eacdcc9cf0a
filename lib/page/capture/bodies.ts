import type { FinishState } from '../../domain/output.ts';
import { createBodyReader, type BodyReader } from '../../wire/body-reader.ts';
import type { BodyEnd, OutputDraft } from '../../wire/decoder.ts';
import type { TapMessage } from '../tap/messages.ts';

const MAX_BODIES = 256;

/** A body silent for this long gives the outputs whose end was seen. */
const SILENT_MS = 1000;

/** An output that has not moved for this long no longer holds the page's own answers back. */
const STALLED_MS = 30_000;

/** The bodies that the tap is telling, each with its decoder. */
export interface Bodies {
  take(message: TapMessage): void;
  /** A message of this body was dropped: what it holds is cut. */
  cut(id: number, at: number): void;
  /** Gives finished outputs of bodies that fell silent; `at` on the tap's clock. */
  tick(at: number): void;
  /** All bodies end, as when the page goes. */
  endAll(how: BodyEnd, at: number): void;
  /** True while an output is under way on the wire and still moving; `at` on the tap's clock. */
  busy(at: number): boolean;
}

/** A cut answer of a cloned response waits this long for the whole one. */
const CLONE_MS = 10_000;
const CUT: ReadonlySet<FinishState> = new Set(['aborted', 'unknown']);

interface Body {
  reader: BodyReader;
  lastAt: number;
  /** The body came in one piece, so when its first byte came is not known. */
  whole: boolean;
}

export function createBodies(onDraft: (draft: OutputDraft) => void): Bodies {
  const bodies = new Map<number, Body>();
  const runs = new Map<string, number>();
  let waiting: { body: Body; drafts: OutputDraft[]; at: number }[] = [];

  const give = (body: Body, drafts: OutputDraft[]) => {
    for (const draft of drafts) {
      onDraft(body.whole ? { ...draft, firstByteMs: null } : draft);
    }
  };

  const end = (id: number, how: BodyEnd, at: number, cloned: boolean) => {
    const body = bodies.get(id);
    if (body === undefined) return;
    bodies.delete(id);
    const drafts = body.reader.end(how, at);
    // A clone that the page stops reading says nothing about the one it goes on with: it waits.
    const loose = cloned ? drafts.filter(({ finish }) => CUT.has(finish)) : [];
    give(
      body,
      drafts.filter((draft) => !loose.includes(draft)),
    );
    if (loose.length > 0) waiting.push({ body, drafts: loose, at });
  };

  const giveWaiting = (due: (at: number) => boolean) => {
    const ready = waiting.filter((one) => due(one.at));
    waiting = waiting.filter((one) => !ready.includes(one));
    for (const { body, drafts } of ready) give(body, drafts);
  };

  return {
    take(message) {
      if (message.t === 'head') {
        const { id, url, status, asked, sentAt } = message;
        if (bodies.has(id)) return;
        const [oldest] = bodies.keys();
        if (bodies.size >= MAX_BODIES && oldest !== undefined) end(oldest, 'limit', sentAt, false);
        const reader = createBodyReader({ url, status, asked, sentAt, runs });
        bodies.set(id, { reader, lastAt: sentAt, whole: false });
        return;
      }
      const body = bodies.get(message.id);
      if (body === undefined) return;
      body.lastAt = message.at;
      if (message.t === 'data') give(body, body.reader.bytes(message.bytes, message.at));
      else if (message.t === 'end') {
        end(message.id, message.how, message.at, message.cloned);
      } else {
        body.whole = true;
        give(body, body.reader.text(message.text, message.at));
      }
    },
    cut: (id, at) => end(id, 'limit', at, false),
    tick(at) {
      giveWaiting((since) => at - since >= CLONE_MS);
      for (const body of bodies.values()) {
        if (body.reader.busy() && at - body.lastAt >= SILENT_MS) give(body, body.reader.idle());
      }
    },
    endAll(how, at) {
      for (const id of bodies.keys()) end(id, how, at, false);
      giveWaiting(() => true);
    },
    busy: (at) =>
      [...bodies.values()].some(({ reader, lastAt }) => reader.busy() && at - lastAt < STALLED_MS),
  };
}
