import { useCallback, useEffect, useState } from 'react';
import { assessEdit } from '../assess/assess-edit.ts';
import { keepingReader } from '../assess/read-sources.ts';
import type { Assessment } from '../domain/assessment.ts';
import type { ItemView } from './store-reads.ts';
import { usePolicy } from './use-in-force.ts';

/** An edited text is checked this long after the last key, in milliseconds: never between two of them. */
const PAUSE_MS = 200;
/** Most text of sources that stays read, in UTF-16 units. */
const KEPT_UNITS = 250_000;

const read = keepingReader(KEPT_UNITS);

/** What is known of one text: an assessment's places are only good for the text it is of. */
export interface Judged {
  text: string;
  assessment: Assessment;
}

/**
 * What is known of a text that is being edited, by the reckoning that the worker decides by. `known` may
 * lag behind the keys and names the text that it is of; `judge` says it of the newest text at once.
 */
export function useEditedAssessment(view: ItemView, text: string) {
  const { item, sources, output } = view;
  const policy = usePolicy();
  const [known, setKnown] = useState<Judged | null>(
    view.assessment === null || text !== item.draft ? null : { text, assessment: view.assessment },
  );
  const judge = useCallback((): Judged => {
    const assessment = assessEdit({ text, item, sources, output, policy, read });
    const judged = { text, assessment };
    setKnown(judged);
    return judged;
  }, [text, item, sources, output, policy]);
  useEffect(() => {
    const timer = setTimeout(judge, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [judge]);
  return { known, judge };
}
