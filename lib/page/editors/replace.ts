import type { DraftRange } from '../../domain/composer.ts';
import { planChange, type Change } from './change.ts';
import { isComposing } from './composition.ts';
import type { Locators } from './dom-lines.ts';
import { askModel } from './model.ts';
import { isLive, isNativeField, isReadOnly, refresh, type EditorHandle } from './handle.ts';
import type { Line } from './lines.ts';
import { locate, readComposer, toRead, type ComposerRead } from './read.ts';
import { pasted } from './pasted.ts';
import { hasFocus, rememberPlace, restorePlace, takeFocus } from './selection.ts';
import { droppedMarks, sameLines, sameText, verifyChange, type Verified } from './verify.ts';
import { wait } from './wait.ts';
import { typeOver, undo } from './write.ts';

/** Why nothing was written, or why what was written was taken back. */
type ReplaceReason =
  /** Another replacement is still running in this editor. */
  | 'busy'
  /** An input method is composing. */
  | 'composing'
  /** The editor, or the draft's lines in it, are no longer there. */
  | 'gone'
  | 'readonly'
  /** It takes no focus, or not our selection. */
  | 'not-editable'
  /** The new text is empty. */
  | 'empty'
  /** The editor's model cannot be read, so what would be sent could not be checked. */
  | 'model-unreadable'
  /** What stands there afterwards is not the new text. */
  | 'model-differs'
  /** Something outside the draft was changed by the editor. */
  | 'outside-changed'
  /** The page was too slow; nothing was written late. */
  | 'timeout';

/** What `replaceRange` did. */
export interface Replaced {
  readonly state: 'applied' | 'failed';
  /** A `ReplaceReason`; '' when applied. `-not-undone` follows when the old text is not back. */
  readonly reason: string;
  /** Formatting of the draft that plain text could not carry: `links`, `bold`, `lists` … */
  readonly dropped: string[];
  /** What stands in the composer now. */
  readonly after: ComposerRead;
}

/** Longest time, in milliseconds, between the call and the moment of writing. */
const WRITE_BY = 5000;
/** How often, and how many times, the editor is asked whether it has taken the text. */
const SETTLE_MS = 40;
const SETTLE_TRIES = 30;
/** CKEditor 4 may need two; more would take back what the person did before. */
const UNDO_LIMIT = 2;

const busy = new WeakSet<Element>();

/** One replacement under way. */
interface Job {
  readonly handle: EditorHandle;
  readonly locators: Locators;
  readonly before: readonly Line[];
  readonly change: Change;
  readonly started: number;
}

const linesNow = (job: Job): readonly Line[] => locate(job.handle, job.locators).lines;

/** Why the editor cannot be written to at this moment; '' when it can. */
function obstacle(handle: EditorHandle): ReplaceReason | '' {
  if (!isLive(handle)) return 'gone';
  if (isReadOnly(handle)) return 'readonly';
  return isComposing(handle.document) ? 'composing' : '';
}

/** Waits until the editor shows the new text, or for as long as a slow one may take. */
async function settled(job: Job): Promise<Verified> {
  let seen = verifyChange(job.before, linesNow(job), job.change);
  for (let tries = 0; seen.reason !== '' && tries < SETTLE_TRIES; tries += 1) {
    await wait(SETTLE_MS);
    seen = verifyChange(job.before, linesNow(job), job.change);
  }
  return seen;
}

/** Takes back what was written; true when all stands there again as it was. */
async function takeBack(job: Job): Promise<boolean> {
  for (let tries = 0; tries < UNDO_LIMIT; tries += 1) {
    if (sameText(job.before, linesNow(job))) break;
    await undo(job.handle);
  }
  return sameLines(job.before, linesNow(job));
}

/**
 * The draft's lines where they stand now: editors may put new elements there when they get the
 * focus. Null when the composer no longer reads as it did.
 */
function draftNow(job: Job): readonly Line[] | null {
  const { before, change } = job;
  const now = linesNow(job);
  const moved = before.slice(0, change.last + 1).some((line, at) => line.text !== now[at]?.text);
  if (moved || !sameLines(before, now)) return null;
  return now.slice(change.first, change.last + 1);
}

/** Writes and checks; '' or the reason for the failure, with the lines that were written. */
async function write(job: Job): Promise<Verified | { reason: ReplaceReason; written: null }> {
  const { handle, before, change } = job;
  const refuse = (reason: ReplaceReason) => ({ reason, written: null });
  await takeFocus(handle);
  if (!hasFocus(handle)) return refuse('not-editable');
  const old = draftNow(job);
  if (old === null) return refuse('gone');
  const says = await askModel(handle, old);
  if (says === 'other') return refuse('model-unreadable');
  // Nothing may have happened meanwhile: no typing, no composition, no re-render, no long wait.
  const now = obstacle(handle);
  if (now !== '') return refuse(now);
  if (draftNow(job) === null) return refuse('gone');
  if (!hasFocus(handle)) return refuse('not-editable');
  if (performance.now() - job.started > WRITE_BY) return refuse('timeout');
  await typeOver(handle, pasted(handle.root, before, change), () =>
    sameLines(before, linesNow(job)),
  );
  const seen = await settled(job);
  if (seen.reason !== '') return seen;
  const saysNow = await askModel(handle, seen.written);
  if (saysNow !== says) return { ...seen, reason: 'model-differs' };
  // Asked once more: some editors correct what they took a moment later.
  return verifyChange(before, linesNow(job), change);
}

async function run(job: Job): Promise<Replaced> {
  const { handle, locators, before, change } = job;
  const old = before.slice(change.first, change.last + 1);
  const place = rememberPlace(handle);
  const { reason, written } = await write(job);
  const undone = reason === '' || written === null || (await takeBack(job));
  restorePlace(handle, place, old, reason === '' && written !== null ? written : old);
  return {
    state: reason === '' ? 'applied' : 'failed',
    reason: undone ? reason : `${reason}-not-undone`,
    dropped: reason === '' && written !== null ? droppedMarks(before, change, written) : [],
    after: readComposer(handle, locators),
  };
}

/**
 * Replaces the draft's lines by `text`, through the editor, and reads back what it made of it:
 * its screen and, where it has one, its model. Everything outside the draft, and lines of the
 * draft that do not change, keep text, links and formatting. One undo step of the editor's own
 * restores the old text. On any doubt the old text is put back and the result is `failed` with a
 * `ReplaceReason`. `range` counts the blocks of `readComposer`. Never throws for what a page does.
 */
export async function replaceRange(
  handle: EditorHandle,
  range: DraftRange,
  text: string,
  locators: Locators,
): Promise<Replaced> {
  const failed = (reason: ReplaceReason): Replaced => ({
    state: 'failed',
    reason,
    dropped: [],
    after: readComposer(handle, locators),
  });
  const live = refresh(handle);
  if (live === null) return failed('gone');
  if (busy.has(live.root)) return failed('busy');
  const now = obstacle(live);
  if (now !== '') return failed(now);
  const located = locate(live, locators);
  const change = planChange(located.lines, range, text, isNativeField(live.root));
  if (change === null) return failed(/\S/u.test(text) ? 'gone' : 'empty');
  if (change === 'nothing') {
    return { state: 'applied', reason: '', dropped: [], after: toRead(located) };
  }
  busy.add(live.root);
  try {
    const started = performance.now();
    return await run({ handle: live, locators, before: located.lines, change, started });
  } finally {
    busy.delete(live.root);
  }
}
