// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { boundHash } from '../../domain/bound.ts';
import type { Mode } from '../../domain/gate.ts';
import type { EditorHandle } from '../editors/index.ts';
import { readBound } from '../composer/read-bound.ts';
import type { WatchedComposer } from '../composer/watched-composer.ts';
import { anyPage } from '../../sites/shipped/any-page.ts';
import { emptyState } from '../state.ts';
import { createGate, type SendSeen } from './gate.ts';

function brokenComposer(): WatchedComposer {
  const handle: EditorHandle = {
    kind: 'editable',
    element: document.body,
    document,
    get root(): HTMLElement {
      throw new Error('the page broke the reading');
    },
  };
  return watched(handle);
}

function watched(handle: EditorHandle): WatchedComposer {
  const [at] = anyPage.composers;
  if (at === undefined) throw new Error('no composer');
  return {
    id: 'c',
    at,
    handle,
    threadKey: '',
    verdict: null,
    seenHash: '',
    trouble: null,
    waiting: false,
    held: null,
    writing: null,
    uncovered: false,
    partsSeen: '',
    stop: () => undefined,
  };
}

it.each([
  ['enforce', true],
  ['advise', false],
  ['observe', false],
] as const)('in %s, what cannot be read is held: %s', (mode: Mode, holds) => {
  const reports: SendSeen[] = [];
  const problems: string[] = [];
  const composer = brokenComposer();
  const gate = createGate({
    state: { ...emptyState(), mode },
    document,
    now: () => 1_000_000,
    ask: () => Promise.resolve(),
    report: (seen) => reports.push(seen),
    onChange: () => undefined,
    onProblem: (code) => problems.push(code),
  });
  const press = {
    composers: [composer],
    via: 'click',
    final: true,
    control: null,
    replay: () => undefined,
  } as const;
  expect(gate.stops(press)).toBe(holds);
  expect(problems).toEqual(['gate-failed']);
  expect(reports).toEqual([]);
  expect(composer.held).toBe(holds ? 'verdict' : null);
});

it('what cannot be read any more when the answer is there stays held, and is said', async () => {
  const field = document.createElement('textarea');
  document.body.append(field);
  field.value = 'Some words to be asked about';
  let root: HTMLElement | null = field;
  const composer = watched({
    kind: 'native',
    element: field,
    document,
    get root(): HTMLElement {
      if (root === null) throw new Error('the page broke the reading');
      return root;
    },
  });
  const problem = Promise.withResolvers<string>();
  const gate = createGate({
    state: { ...emptyState(), mode: 'enforce' },
    document,
    now: () => 1_000_000,
    ask: () => {
      root = null;
      return Promise.resolve();
    },
    report: () => undefined,
    onChange: () => undefined,
    onProblem: problem.resolve,
  });
  const press = { via: 'click', final: true, control: null, replay: () => undefined } as const;
  expect(gate.stops({ ...press, composers: [composer] })).toBe(true);
  expect(await problem.promise).toBe('gate-failed');
  expect(composer).toMatchObject({ held: 'verdict', waiting: false });
});

it('a verdict about other content names no item and lets nothing pass as judged', () => {
  const field = document.createElement('textarea');
  document.body.append(field);
  field.value = 'Dear Ana, I will call you tomorrow at ten. Mia';
  const composer: WatchedComposer = {
    ...watched({ kind: 'native', element: field, document, root: field }),
    verdict: {
      state: 'item',
      boundHash: 'of something else',
      itemId: 'i1',
      status: 'undecided',
      tier: 'low',
      changed: [],
    },
  };
  const reports: SendSeen[] = [];
  const gate = createGate({
    state: { ...emptyState(), mode: 'observe' },
    document,
    now: () => 1_000_000,
    ask: () => Promise.resolve(),
    report: (seen) => reports.push(seen),
    onChange: () => undefined,
    onProblem: (_, detail) => {
      throw new Error(detail);
    },
  });
  const press = { via: 'key', final: true, control: null, replay: () => undefined } as const;
  expect(gate.stops({ ...press, composers: [composer] })).toBe(false);
  const known = reports[0]?.bound;
  expect(reports).toMatchObject([{ itemId: null, action: 'pass-unguarded' }]);
  if (known === undefined) return;
  composer.verdict = { state: 'clear', boundHash: boundHash(known) };
  expect(gate.stops({ ...press, composers: [composer] })).toBe(false);
  expect(reports[1]).toMatchObject({ itemId: null, action: 'pass' });
});

it('a press while an edit is being written waits for its end, and goes on when it is approved', async () => {
  const field = document.createElement('textarea');
  document.body.append(field);
  field.value = 'Half of an';
  const written = Promise.withResolvers<void>();
  const composer: WatchedComposer = {
    ...watched({ kind: 'native', element: field, document, root: field }),
    writing: written.promise,
  };
  const asked: string[] = [];
  const gate = createGate({
    state: { ...emptyState(), mode: 'enforce' },
    document,
    now: () => 1_000_000,
    ask: (one) => {
      asked.push(one.id);
      return Promise.resolve();
    },
    report: () => undefined,
    onChange: () => undefined,
    onProblem: (_, detail) => {
      throw new Error(detail);
    },
  });
  const left = new Promise<void>((replay) => {
    expect(
      gate.stops({ composers: [composer], via: 'click', final: true, control: null, replay }),
    ).toBe(true);
  });
  expect(composer.waiting).toBe(true);
  field.value = 'Half of an edit, and its end.';
  composer.writing = null;
  composer.verdict = {
    state: 'item',
    boundHash: readBound(composer, document).hash,
    itemId: 'i1',
    status: 'approved',
    tier: 'low',
    changed: [],
  };
  written.resolve();
  await left;
  expect(asked).toEqual([]);
  expect(composer.held).toBe(null);
});
