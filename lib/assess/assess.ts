import type {
  Assessment,
  Fact,
  Signal,
  Source,
  SourceSpan,
  Statement,
} from '../domain/assessment.ts';
import type { BoundLink, SendKind } from '../domain/bound.ts';
import { hiddenMarks } from '../domain/hidden.ts';
import type { Output } from '../domain/output.ts';
import type { Policy } from '../domain/policy.ts';
import { compareFacts, nearestOf } from './compare-facts.ts';
import { confidenceOf } from './confidence.ts';
import { contextsOf } from './context.ts';
import { plainWords } from './listed-words.ts';
import { readDraft } from './read-draft.ts';
import { segmentsOf } from './segments.ts';
import { internalRepeats } from './internal.ts';
import { factSignals, wordingSignal } from './signals.ts';
import { readSources } from './read-sources.ts';
import { checkStatements } from './statements.ts';
import { tierOf } from './tier.ts';

/** Rises whenever what `assess` says of the same input changes. */
const ASSESS_VERSION = 2;

/** One version of a draft and everything it is checked with. */
export interface AssessInput {
  draft: string;
  /** The output the draft comes from; null when none matched. */
  output: Output | null;
  /** Share of the draft's word pairs known from that output, 0 to 1. */
  matchShare: number;
  sources: readonly Source[];
  policy: Policy;
  /** Links of the composer, when the site reads them: shown text against where it goes. */
  links?: readonly BoundLink[];
  /** A note stays inside and may repeat internal sources; all else, also unsaid, is a reply. */
  kind?: SendKind;
  /** How the sources are read; a `keepingReader` spares the work where they stay the same. */
  read?: typeof readSources;
}

/** Assesses one version of a draft. Pure, deterministic, linear in its input; never throws. */
export function assess(input: AssessInput): Assessment {
  const { draft, output, policy } = input;
  const { view, mentions, readTo, whole: factsWhole } = readDraft(draft, input.links ?? []);
  const { index, passages, internal } = (input.read ?? readSources)(input.sources);
  const contexts = contextsOf(view.text, mentions);
  const drafted = mentions.flatMap((mention, at) => {
    const context = contexts[at];
    return context === undefined ? [] : [{ mention, context }];
  });
  const findings = compareFacts(drafted, index);
  const checked = drafted.flatMap(({ mention }, at) => {
    const finding = findings[at];
    return finding === undefined ? [] : [{ ...mention, finding }];
  });

  const { segments, whole: segmentsWhole } = segmentsOf(view.text, mentions);
  const checkedStatements = checkStatements(view.text, segments, checked, passages);
  const repeats =
    internal === null || input.kind === 'note'
      ? new Map<number, SourceSpan>()
      : internalRepeats(view.text, checkedStatements, drafted, { index, internal });
  const place = (start: number, end: number) => {
    const first = view.originalOf(start);
    return { start: first, end: Math.max(first, view.originalOf(end - 1) + 1) };
  };
  const facts = checked.map(({ kind, start, end, value, finding }): Fact => {
    const at = place(start, end);
    return {
      kind,
      ...at,
      text: draft.slice(at.start, at.end),
      value,
      status: finding.status,
      nearest: nearestOf(finding),
    };
  });
  const statements = checkedStatements.map(
    ({ index: at, status, passage, facts: own, start, end }): Statement => ({
      index: at,
      ...place(start, end),
      status,
      facts: own,
      // The words that must not leave; what contradicts the draft stays in view before them.
      passage: status === 'contradicted' ? passage : (repeats.get(at) ?? passage),
    }),
  );
  statements.push(...unreadRest(draft, readTo, statements.length + 1));
  const { confidence, signals } = confidenceOf(draft, output, input.matchShare);
  const wording = checkedStatements.flatMap((statement) => statement.wording ?? []);
  const all: Signal[] = [...signals, ...factSignals(facts), ...wordingSignal(wording)];

  const words = new Map(
    checkedStatements.map(({ index: at, start, end }) => [
      at,
      plainWords(view.text.slice(start, end)),
    ]),
  );
  const { tier, gate } = tierOf({
    wordsOf: ({ index: at }) => words.get(at) ?? [],
    facts,
    statements,
    confidence,
    output,
    sourceCount: index.reads.length,
    hiddenCount: hiddenMarks(draft).length,
    internal: new Set(repeats.keys()),
    checkedWhole: factsWhole && segmentsWhole && index.whole,
    policy,
  });
  return {
    assessVersion: ASSESS_VERSION,
    facts,
    statements,
    signals: all,
    confidence,
    tier,
    gate,
    sourceCount: index.reads.length,
  };
}

/** What stands past the longest draft that is read: named, never silently left out. */
function unreadRest(draft: string, readTo: number, index: number): Statement[] {
  if (draft.slice(readTo).trim() === '') return [];
  return [
    {
      index,
      start: readTo,
      end: draft.length,
      status: 'cannot-check',
      facts: [],
      passage: null,
    },
  ];
}
