import { describe, expect, it } from 'vitest';
import { editedInside } from './edited-inside.ts';

const shown = 'Hi Ana,\n\nWe pay you 120.\nIt takes a week.\nKind regards\nMia';
const draft = 'We pay you 120.\nIt takes a week.';

describe('an edit that was carried out', () => {
  it.each([
    ['in its place', 'We pay you 102.', 'Hi Ana,\nWe pay you 102.\nKind regards\nMia', true],
    [
      'of more lines',
      'We pay.\n\nYou wait.\nSorry.',
      'Hi Ana,\nWe pay.\nYou wait.\nSorry.\nKind regards\nMia',
      true,
    ],
    [
      'with lines of the draft left over',
      'We pay.',
      'Hi Ana,\nWe pay.\nIt takes a week.\nKind regards\nMia',
      false,
    ],
    ['that took the signature', 'We pay.', 'Hi Ana,\nWe pay.', false],
    [
      'beside which the page wrote',
      'We pay.',
      'Hi Ana,\nWe pay.\nKind regards\nMia\nAnd 900 more',
      false,
    ],
    ['that is not there', 'We pay.', shown, false],
    ['to nothing', '', 'Hi Ana,\nKind regards\nMia', true],
  ])('%s', (_, edited, now, holds) => {
    expect(editedInside({ shown, draft, edited, now })).toBe(holds);
  });

  it('is not believed when the draft was not there before', () => {
    expect(editedInside({ shown: 'Hello.', draft, edited: 'We pay.', now: 'We pay.' })).toBe(false);
  });

  it('is found wherever the draft stands twice', () => {
    const twice = 'Yes.\nNo.\nYes.';
    for (const now of ['Sure.\nNo.\nYes.', 'Yes.\nNo.\nSure.'])
      expect(editedInside({ shown: twice, draft: 'Yes.', edited: 'Sure.', now })).toBe(true);
  });
});
