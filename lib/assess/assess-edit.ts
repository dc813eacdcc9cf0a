import type { Assessment, Source } from '../domain/assessment.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { Output } from '../domain/output.ts';
import type { Policy } from '../domain/policy.ts';
import { assess } from './assess.ts';
import type { readSources } from './read-sources.ts';

/** The passages that the output itself cites, as sources. Citations without words cannot be checked against. */
export function citedSources(output: Output): Source[] {
  return output.citations
    .filter((citation) => (citation.quote ?? '') !== '')
    .map((citation, index) => ({
      id: `citation-${index + 1}`,
      kind: 'citation',
      title: citation.title,
      url: citation.url,
      text: citation.quote ?? '',
      internal: false,
      author: 'unknown',
    }));
}

/**
 * Assesses a new text for an item against what the item is checked with: what the panel shows under the
 * editor and what the worker decides by are one reckoning.
 */
export function assessEdit(input: {
  text: string;
  item: Pick<ReviewItem, 'matchShare' | 'bound' | 'sendKind'>;
  /** The item's stored sources. */
  sources: readonly Source[];
  output: Output | null;
  policy: Policy;
  read: typeof readSources;
}): Assessment {
  const { text, item, output, policy, read } = input;
  return assess({
    draft: text,
    output,
    matchShare: item.matchShare,
    // What the output cites is added again from the output itself.
    sources: [
      ...input.sources.filter(({ kind }) => kind !== 'citation'),
      ...(output === null ? [] : citedSources(output)),
    ],
    policy,
    links: item.bound.links,
    kind: item.sendKind,
    read,
  });
}
