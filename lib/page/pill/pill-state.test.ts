// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import en from '../../../locales/en/page.json' with { type: 'json' };
import type { Verdict } from '../../domain/gate.ts';
import { mostUrgent, pillState, type PillState } from './pill-state.ts';
import { pillPlace } from './pill-place.ts';
import { pillWords } from './pill-words.ts';

const calm = {
  verdict: null,
  seenHash: 'h',
  trouble: null,
  waiting: false,
  held: null,
  uncovered: false,
} as const;

type Item = Extract<Verdict, { state: 'item' }>;
const item = (status: Item['status'], changed: Item['changed'] = []): Item => ({
  state: 'item',
  boundHash: 'h',
  itemId: 'i',
  status,
  tier: 'low',
  changed,
});

describe('pillState', () => {
  it.each([
    ['nothing known', { ...calm }, null],
    ['own text', { ...calm, verdict: { state: 'clear', boundHash: 'h' } }, null],
    ['draft', { ...calm, verdict: item('undecided') }, 'review'],
    ['held draft', { ...calm, verdict: item('undecided'), held: 'verdict' }, 'held'],
    ['approved', { ...calm, verdict: item('approved') }, 'approved'],
    ['approved, text since changed', { ...calm, verdict: item('approved'), seenHash: 'x' }, null],
    ['other body', { ...calm, verdict: item('approved'), held: 'body-differs' }, 'held-body'],
    ['changed', { ...calm, verdict: item('changed', ['links']) }, 'changed'],
    ['escalated', { ...calm, verdict: item('escalated') }, 'escalated'],
    ['a press waits', { ...calm, verdict: item('undecided'), waiting: true }, 'checking'],
    ['silent worker', { ...calm, trouble: 'silent' }, 'silent'],
    ['held for it', { ...calm, trouble: 'silent', held: 'verdict' }, 'held-silent'],
    ['updated', { ...calm, trouble: 'invalidated' }, 'reload'],
    ['too long', { ...calm, trouble: 'too-long' }, 'too-long'],
    ['held unchecked', { ...calm, held: 'verdict' }, 'held-unchecked'],
    ['no Send found', { ...calm, verdict: item('undecided'), uncovered: true }, 'not-covered'],
  ] as const)('%s', (_name, composer, code) => {
    expect(pillState(composer, 'enforce')?.code ?? null).toBe(code);
  });

  it('names what changed', () => {
    const state = pillState({ ...calm, verdict: item('changed', ['text', 'kind']) }, 'advise');
    if (state === null) throw new Error('no state');
    expect(pillWords(state)).toBe('Changed since approval: text, reply or note');
  });

  it('puts what stops first', () => {
    const state = (code: PillState['code'], tone: PillState['tone']): PillState => ({
      code,
      tone,
      parts: [],
      itemId: null,
    });
    const entries = [
      { state: state('approved', 'good'), composer: 1 },
      { state: state('review', 'calm'), composer: 2 },
      { state: state('held', 'stop'), composer: 3 },
    ];
    expect(mostUrgent(entries)?.composer).toBe(3);
    expect(mostUrgent([])).toBeNull();
  });

  it('has no state that says nothing', () => {
    for (const words of Object.values(en.pill)) expect(words.length).toBeGreaterThan(5);
  });
});

describe('pillPlace', () => {
  const pill = { left: 0, top: 0, width: 100, height: 28 };
  const view = { width: 800, height: 600 };
  const covers = (editor: typeof pill, place: { left: number; top: number }) =>
    place.left < editor.left + editor.width &&
    place.left + pill.width > editor.left &&
    place.top < editor.top + editor.height &&
    place.top + pill.height > editor.top;

  it('stands above the editor, else below where that is taken', () => {
    const editor = { left: 50, top: 200, width: 400, height: 100 };
    expect(pillPlace(editor, pill, view, () => true)).toEqual({ left: 350, top: 166 });
    expect(pillPlace(editor, pill, view, (box) => box.top > 200)).toEqual({ left: 350, top: 306 });
  });

  it('never covers an editor that leaves room', () => {
    for (let left = -200; left < 800; left += 90)
      for (let top = -200; top < 600; top += 70)
        for (const size of [40, 300, 500]) {
          const editor = { left, top, width: size, height: size };
          const place = pillPlace(editor, pill, view, () => true);
          expect(covers(editor, place)).toBe(false);
          expect(place.left >= 0 && place.top >= 0).toBe(true);
        }
  });
});
