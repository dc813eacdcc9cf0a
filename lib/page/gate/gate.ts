import { isEmptyBound } from '../../domain/bound.ts';
import type { GateAction } from '../../domain/gate.ts';
import type { RequestOf, ToWorker } from '../../messaging/contracts.ts';
import { PRESS_DEADLINE_MS, type AskWorker } from '../composer/ask-worker.ts';
import type { WatchedComposer } from '../composer/watched-composer.ts';
import type { PageState } from '../state.ts';
import { judge, strictest, type Judged } from './judge.ts';

export type SendSeen = Omit<RequestOf<ToWorker['send.seen']>, 'sendId'>;
export type Via = SendSeen['via'];

/** One press of Send fires several events: what is the same within this time is told once. */
const SAME_PRESS_MS = 1500;
/** A press that was let through while only begun is forgotten when its end does not come, in ms. */
const UNFINISHED_MS = 3000;

/** A way out that stands before the gate. */
export interface Attempt {
  composers: readonly WatchedComposer[];
  via: Via;
  /** Whether this very event sends; a begun press is judged, but counted only when it ends. */
  final: boolean;
  /** What the press was on: events of one press share it. */
  control: object | null;
  /** Does what was stopped, once, when the worker has said that it may. */
  replay: () => void;
}

export interface Gate {
  /** True when the event must go no further. */
  stops(attempt: Attempt): boolean;
  /** Milliseconds (`now`) of the composer's last pass; 0 for none. */
  passedAt(composer: WatchedComposer): number;
  /** Tells of a send that no other listener saw; true when it was not told of already. */
  tell(composer: WatchedComposer, action: SendSeen['action'], via: Via): boolean;
}

/** What is still to be asked about leaves no more than what is held. */
const holds = (action: GateAction): action is 'hold' | 'check' =>
  action === 'hold' || action === 'check';

/** The gate at Send: judges each way out by the content of that moment. Observe never stops. */
export function createGate(options: {
  state: PageState;
  document: Document;
  now: () => number;
  ask: AskWorker;
  report: (seen: SendSeen) => void;
  onChange: () => void;
  onProblem: (code: string, detail: string) => void;
}): Gate {
  const { state, document, now, ask, report, onChange, onProblem } = options;
  let open: (Attempt & { ready: boolean }) | null = null;
  let replaying = false;
  const told = new WeakMap<WatchedComposer, { key: string; at: number }>();
  const passed = new WeakMap<WatchedComposer, number>();

  const judgeAll = (composers: readonly WatchedComposer[], afterAsking: boolean) =>
    composers.map((one) =>
      judge(one, document, state.mode, state.invalidated || (afterAsking && one.trouble !== null)),
    );

  const tellOnce = (judged: Judged, asked: SendSeen['action'], via: Via): boolean => {
    const { composer, read } = judged;
    // A verdict about other content says nothing of this: neither whose it is, nor that it may pass.
    const known = composer.verdict?.boundHash === read.hash ? composer.verdict : null;
    const action = asked === 'pass' && known === null ? 'pass-unguarded' : asked;
    if (isEmptyBound(read.bound)) return false;
    const key = `${action} ${read.hash}`;
    const before = told.get(composer);
    if (before?.key === key && now() - before.at < SAME_PRESS_MS) return false;
    told.set(composer, { key, at: now() });
    const itemId = known?.state === 'item' ? known.itemId : null;
    report({ composerId: composer.id, itemId, action, via, bound: read.bound });
    return true;
  };

  const hold = (judged: readonly Judged[], via: Via) => {
    for (const one of judged) {
      if (!holds(one.action)) continue;
      one.composer.held = 'verdict';
      tellOnce(one, 'hold', via);
    }
    onChange();
  };

  const pass = (judged: readonly Judged[], via: Via) => {
    for (const one of judged) {
      if (holds(one.action)) continue;
      passed.set(one.composer, now());
      tellOnce(one, one.action, via);
    }
  };

  const replay = (attempt: Attempt) => {
    open = null;
    replaying = true;
    try {
      attempt.replay();
    } finally {
      replaying = false;
    }
  };

  /** After the worker was asked: the attempt goes on, waits for its own end, or is held. */
  const settle = (attempt: Attempt & { ready: boolean }) => {
    for (const one of attempt.composers) one.waiting = false;
    if (open !== attempt) return;
    const judged = judgeAll(attempt.composers, true);
    const action = strictest(judged.map((one) => one.action));
    if (holds(action)) {
      open = null;
      hold(judged, attempt.via);
      return;
    }
    if (attempt.final) replay(attempt);
    else {
      attempt.ready = true;
      setTimeout(() => {
        if (open === attempt) open = null;
      }, UNFINISHED_MS);
    }
    onChange();
  };

  /** What could not be judged is not approved: a page that breaks the reading gains nothing. */
  const unjudged = (attempt: Attempt, error: unknown): boolean => {
    onProblem('gate-failed', String(error));
    const enforced = state.mode === 'enforce';
    if (open === attempt) open = null;
    for (const one of attempt.composers) {
      one.waiting = false;
      if (enforced) one.held = 'verdict';
    }
    onChange();
    return enforced;
  };

  /** An edit under way is waited for, which never takes long; its end may say all there is to ask. */
  const askAbout = async (one: WatchedComposer) => {
    await one.writing;
    if (judge(one, document, state.mode, false).action === 'check')
      await ask(one, PRESS_DEADLINE_MS);
  };

  const check = (attempt: Attempt) => {
    const asked = { ...attempt, ready: false };
    open = asked;
    const composers = [...attempt.composers];
    for (const one of composers) one.waiting = true;
    onChange();
    void Promise.all(composers.map(askAbout))
      .then(() => settle(asked))
      .catch((error: unknown) => unjudged(asked, error));
  };

  const join = (attempt: Attempt): boolean => {
    if (open === null || open.control !== attempt.control) return false;
    if (attempt.final) {
      open.final = true;
      open.replay = attempt.replay;
      if (open.ready) replay(open);
    }
    return true;
  };

  const decide = (attempt: Attempt): boolean => {
    if (join(attempt)) return true;
    if (state.mode === 'observe' && !attempt.final) return false;
    const judged = judgeAll(attempt.composers, false);
    const action: GateAction = strictest(judged.map((one) => one.action));
    if (action === 'check' && !replaying) {
      check(attempt);
      return true;
    }
    if (holds(action)) {
      hold(judged, attempt.via);
      return true;
    }
    if (attempt.final) pass(judged, attempt.via);
    return false;
  };

  return {
    stops(attempt) {
      try {
        return decide(attempt);
      } catch (error) {
        return unjudged(attempt, error);
      }
    },
    passedAt: (composer) => passed.get(composer) ?? 0,
    tell(composer, action, via) {
      if (now() - (told.get(composer)?.at ?? 0) < SAME_PRESS_MS) return false;
      const [judged] = judgeAll([composer], false);
      return judged !== undefined && tellOnce(judged, action, via);
    },
  };
}
