import { assessEdit, citedSources } from '../assess/assess-edit.ts';
import { assess } from '../assess/assess.ts';
import { keepingReader } from '../assess/read-sources.ts';
import type { Assessment, Source } from '../domain/assessment.ts';
import type { BoundLink, SendKind } from '../domain/bound.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { Output } from '../domain/output.ts';
import type { TrailTx } from '../store/trail-tx.ts';
import type { Worker } from './worker.ts';

/** Most text of sources that stays read, in UTF-16 units: that of one large thread, or of several small ones. */
const KEPT_UNITS = 250_000;

/** Spares reading the same thread again while its draft changes; empty after each start, and then only slower. */
const read = keepingReader(KEPT_UNITS);

/** Assesses a draft against what the page shows and what its output cites. */
export function assessDraft(
  worker: Worker,
  input: {
    draft: string;
    matchShare: number;
    context: readonly Source[];
    output: Output | null;
    links: readonly BoundLink[];
    kind: SendKind;
  },
): { assessment: Assessment; sources: Source[] } {
  const cited = input.output === null ? [] : citedSources(input.output);
  const sources = [...input.context, ...cited];
  const { draft, matchShare, output, links, kind } = input;
  return {
    sources,
    assessment: assess({
      draft,
      output,
      matchShare,
      sources,
      policy: worker.policy,
      links,
      kind,
      read,
    }),
  };
}

/** Assesses a new text for an item against what is stored with it. */
export async function assessEdited(
  worker: Worker,
  tx: TrailTx,
  item: ReviewItem,
  text: string,
): Promise<Assessment> {
  const sources = await tx.sources.get(item.id);
  const output = (await tx.outputs.get(item.outputId))?.output ?? null;
  return assessEdit({ text, item, sources, output, policy: worker.policy, read });
}
