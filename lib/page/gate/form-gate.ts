import type { Bound } from '../../domain/bound.ts';
import { readBound } from '../composer/read-bound.ts';
import type { WatchedComposer } from '../composer/watched-composer.ts';
import { formOf, isForm } from '../locate/form-of.ts';
import { requestSubmit, submit } from '../locate/natives.ts';
import { attribute, findAll } from '../locate/query.ts';
import { controlValue } from '../locate/read-text.ts';
import { isNotASend } from '../locate/send-controls.ts';
import type { PageState } from '../state.ts';
import { isDraftBody, readBody, type Body } from './body.ts';
import type { Gate } from './gate.ts';
import { SUBMIT_CALL_EVENT } from './submit-wrapper.ts';

/** A form's body and its way out belong together within this time, in milliseconds. */
const TOGETHER_MS = 2000;
/** A body and its navigation come in one turn; a slow machine may take this long, in milliseconds. */
const SAME_TURN_MS = 200;
/** How long a body without a visible way out waits for one: the load of its target frame. */
const TARGET_MS = 10_000;

/** A body that was built of a form, for one composer. */
interface Built {
  composer: WatchedComposer;
  form: HTMLFormElement;
  /** What the composer showed when the body was built, and the body itself, which listeners may change. */
  shown: Bound;
  formData: FormData;
  at: number;
  delivered: boolean;
}

export interface FormGate {
  /** Watches a window, or the root of a shadow tree: form events do not leave it. */
  watch(target: EventTarget): () => void;
  /** Watches form navigations of the window. */
  watchNavigation(navigation: Navigation): () => void;
}

/** Puts the gate before every form send, and reads each body as it leaves. */
export function createFormGate(options: {
  state: PageState;
  document: Document;
  now: () => number;
  gate: Gate;
  /** A body left, or is about to. */
  onBody: (composer: WatchedComposer, body: Body) => void;
  onChange: () => void;
}): FormGate {
  const { state, document, now, gate, onBody, onChange } = options;
  let built: Built[] = [];
  let heardAt = 0;
  const notSends = new WeakMap<HTMLFormElement, number>();

  const ofForm = (form: HTMLFormElement) =>
    [...state.composers.values()].filter((one) => formOf(one.at, one.handle.element) === form);

  const isDraft = (form: HTMLFormElement, composer: WatchedComposer) =>
    now() - (notSends.get(form) ?? -TOGETHER_MS) < TOGETHER_MS ||
    composer.at.notASend.fields.some(({ name, value }) =>
      findAll(form, `[name="${CSS.escape(name)}"]`).some(
        (field) => value === undefined || controlValue(field) === value,
      ),
    );

  const bodyOf = ({ composer: { at, handle }, shown }: Built, formData: FormData) =>
    readBody(formData, at, shown, handle.kind !== 'native');

  const deliver = (one: Built) => {
    if (one.delivered) return;
    one.delivered = true;
    onBody(one.composer, bodyOf(one, one.formData));
  };

  const onSubmit = (event: Event) => {
    const form = event.target;
    if (!isForm(form)) return;
    const submitter =
      'submitter' in event && isElementOrNull(event.submitter) ? event.submitter : null;
    const composers = ofForm(form);
    if (composers.length === 0) return;
    if (composers.every((one) => isNotASend(submitter, one.at))) {
      notSends.set(form, now());
      return;
    }
    notSends.delete(form);
    const sent = composers.filter((one) => !isDraft(form, one));
    const replay = () => requestSubmit.call(form, asSubmitter(submitter, form));
    if (!gate.stops({ composers: sent, via: 'submit', final: true, control: form, replay })) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  };

  const onSubmitCall = (event: Event) => {
    // The page must not hear the wrapper's question, whatever the answer.
    event.stopImmediatePropagation();
    const form = event.composedPath()[0];
    if (!isForm(form)) return;
    const composers = ofForm(form).filter((one) => !isDraft(form, one));
    const replay = () => submit.call(form);
    if (gate.stops({ composers, via: 'submit-call', final: true, control: form, replay }))
      event.preventDefault();
  };

  const onFormData = (event: Event) => {
    const form = event.target;
    if (!isForm(form) || !('formData' in event) || !(event.formData instanceof FormData)) return;
    heardAt = now();
    built = built.filter((one) => now() - one.at < TARGET_MS);
    const { formData } = event;
    for (const composer of ofForm(form)) {
      if (isDraft(form, composer) || isDraftBody(formData, composer.at.notASend)) continue;
      // Chromium builds the body once more for a navigate listener: one send is counted once.
      const again = built.find((one) => one.form === form && one.composer === composer);
      if (again !== undefined && now() - again.at < SAME_TURN_MS) continue;
      const shown = readBound(composer, document).bound;
      const one: Built = { composer, form, shown, formData, at: now(), delivered: false };
      built.push(one);
      // The page's own listeners come after ours and may still change the body.
      queueMicrotask(() => {
        if (now() - gate.passedAt(composer) < TOGETHER_MS) deliver(one);
        else awaitTarget(one);
      });
    }
  };

  /** A send that no gesture announced, into a frame: known when the frame loads. */
  const awaitTarget = (one: Built) => {
    const name = attribute(one.form, 'target') ?? '';
    if (name === '' || name.startsWith('_')) return;
    const frame = findAll(document, `iframe[name="${CSS.escape(name)}"]`)[0];
    frame?.addEventListener(
      'load',
      () => {
        if (now() - one.at < TARGET_MS) unannounced(one);
      },
      { once: true },
    );
  };

  const unannounced = (one: Built) => {
    const known = one.composer.verdict;
    const cleared =
      known?.state === 'clear' || (known?.state === 'item' && known.status === 'approved');
    const action = state.mode === 'observe' || cleared ? 'pass' : 'pass-unguarded';
    gate.tell(one.composer, action, 'formdata');
    deliver(one);
  };

  const onNavigate = (event: NavigateEvent) => {
    const { formData } = event;
    if (formData === null || formData === undefined) return;
    const recent = built.filter((one) => now() - one.at < SAME_TURN_MS);
    // Its `formdata` was heard and carried nothing to judge: a draft, a preview, another form.
    if (recent.length === 0 && now() - heardAt < SAME_TURN_MS) return;
    const sent = recent.length > 0 ? recent.map((one) => one.composer) : byField(formData);
    if (sent.length === 0) return;
    const form = recent[0]?.form;
    const replay = () => {
      if (form !== undefined) submit.call(form);
    };
    // Another text would leave than the one that was judged. A person's own text is never held.
    const differs = recent.filter(
      (one) => one.composer.verdict?.state === 'item' && !bodyOf(one, formData).same,
    );
    if (state.mode === 'enforce' && differs.length > 0) {
      for (const one of differs) {
        one.composer.held = 'body-differs';
        gate.tell(one.composer, 'hold', 'formdata');
      }
      event.preventDefault();
      onChange();
      return;
    }
    const control = form ?? event;
    if (gate.stops({ composers: sent, via: 'submit-call', final: true, control, replay })) {
      event.preventDefault();
      return;
    }
    for (const one of recent) deliver(one);
  };

  /** For forms in shadow trees, whose `formdata` is not seen: by the declared field. */
  const byField = (body: FormData) =>
    [...state.composers.values()].filter(
      ({ at }) => at.field !== undefined && body.has(at.field) && !isDraftBody(body, at.notASend),
    );

  return {
    watch(target) {
      target.addEventListener('submit', onSubmit, true);
      target.addEventListener(SUBMIT_CALL_EVENT, onSubmitCall, true);
      target.addEventListener('formdata', onFormData, true);
      return () => {
        target.removeEventListener('submit', onSubmit, true);
        target.removeEventListener(SUBMIT_CALL_EVENT, onSubmitCall, true);
        target.removeEventListener('formdata', onFormData, true);
      };
    },
    watchNavigation(navigation) {
      navigation.addEventListener('navigate', onNavigate);
      return () => navigation.removeEventListener('navigate', onNavigate);
    },
  };
}

function isElementOrNull(value: unknown): value is Element | null {
  return value === null || value instanceof Element;
}

/** The submitter, if the form would still take it; `requestSubmit` throws for others. */
function asSubmitter(submitter: Element | null, form: HTMLFormElement): HTMLElement | undefined {
  const usable =
    submitter instanceof HTMLElement &&
    submitter.isConnected &&
    'form' in submitter &&
    submitter.form === form;
  return usable ? submitter : undefined;
}
