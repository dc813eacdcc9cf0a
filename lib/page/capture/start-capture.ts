import type { Output } from '../../domain/output.ts';
import { watchAnswers, type AnswerLocator } from './answers.ts';
import { createBodies } from './bodies.ts';
import { watchDeclared } from './declared.ts';
import { createKnownOutputs } from './known-outputs.ts';
import { createProblems, type CaptureProblem } from './problems.ts';
import { createRate } from './rate.ts';
import { readTapMessage, weightOf } from './tap-message.ts';
import { openTapPort } from './tap-port.ts';

/** Far above any app: 200 events a second on ten streams at once is half of this. */
const MESSAGES_PER_SECOND = 4000;
const MESSAGES_AT_ONCE = 20_000;
const BYTES_PER_SECOND = 33_554_432;
const BYTES_AT_ONCE = 134_217_728;

const TICK_MS = 500;

/** What capture needs and whom it tells. */
export interface CaptureOptions {
  /**
   * An output is known. Called again with the same id when its evidence grew (the page shows what
   * the wire sent, or the app declared it); text and finish never change under one id.
   */
  onOutput(output: Output): void;
  /** The first bytes of an answer came over the wire; called once per stretch of answers. */
  onStarted?(): void;
  onProblem(code: CaptureProblem, detail: string): void;
  /** The site's answers on screen, asked anew at every look; null while no site is known. */
  answers(): AnswerLocator | null | undefined;
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  uuid(): string;
  document?: Document;
}

/**
 * Starts capture in the isolated world, at document_start: hears the tap, the page's answers and the
 * app's declarations, and gives one output per answer. Returns the way to stop. Whatever the page
 * sends is claimed: checked, limited, and able to ask for nothing.
 */
export function startCapture(options: CaptureOptions): () => void {
  const document = options.document ?? globalThis.document;
  const window = document.defaultView ?? globalThis.window;
  const now = () => options.now();
  const problem = createProblems((code, detail) => options.onProblem(code, detail), now);
  const messages = createRate(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE);
  const bytes = createRate(BYTES_PER_SECOND, BYTES_AT_ONCE);
  const known = createKnownOutputs({
    give: (output) => options.onOutput(output),
    now,
    uuid: () => options.uuid(),
  });
  const bodies = createBodies((draft) => known.wire(draft));
  let busy = false;

  const hear = (data: unknown) => {
    const at = now();
    if (!messages.take(1, at)) return problem('tap-flood', 'messages');
    const message = readTapMessage(data);
    if (message === null) return problem('tap-bad-message', '');
    if (!bytes.take(weightOf(message), at)) {
      bodies.cut(message.id, window.performance.now());
      return problem('tap-flood', 'bytes');
    }
    bodies.take(message);
    const before = busy;
    busy = bodies.busy(window.performance.now());
    if (busy && !before) options.onStarted?.();
    return undefined;
  };

  const port = openTapPort(window, hear);
  const stopAnswers = watchAnswers(document, {
    locator: () => options.answers(),
    shown: (text) => known.shown(text),
    wireBusy: () => bodies.busy(window.performance.now()),
    pageOnly(text, streamed) {
      known.pageOnly(text);
      if (streamed) problem('answer-not-on-wire', '');
    },
    badSelector: (detail) => problem('answer-selector', detail),
    now,
  });
  const stopDeclared = watchDeclared(document, {
    said: (output) => known.declared(output),
    invalid: (detail) => problem('declared-invalid', detail),
    now,
  });

  const ticking = setInterval(() => bodies.tick(window.performance.now()), TICK_MS);
  const loaded = () => {
    if (!port.taken()) problem('tap-missing', '');
  };
  const leaving = () => bodies.endAll('cancel', window.performance.now());
  // A document that is already there gives the tap a moment: it may be injected right after.
  const late = document.readyState === 'loading' ? undefined : setTimeout(loaded, TICK_MS);
  document.addEventListener('DOMContentLoaded', loaded);
  window.addEventListener('pagehide', leaving);

  return () => {
    clearInterval(ticking);
    clearTimeout(late);
    document.removeEventListener('DOMContentLoaded', loaded);
    window.removeEventListener('pagehide', leaving);
    stopAnswers();
    stopDeclared();
    port.close();
  };
}
