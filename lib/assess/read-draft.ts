import type { BoundLink } from '../domain/bound.ts';
import { extractFacts } from './extract-facts.ts';
import type { Mention } from './mention.ts';
import { readable, readLength, type Readable } from './readable.ts';
import { linkMention, showsOtherHost } from './recognise-links.ts';

/** Longest draft that is read, in UTF-16 units; the rest is one statement that cannot be checked. */
const MAX_DRAFT_UNITS = 100_000;
const MAX_DRAFT_NUMBERS = 4000;
/** Most facts of one draft; more are said by `whole: false`. */
const MAX_DRAFT_FACTS = 2000;
/** Most links of a composer that are looked at. */
const MAX_LINKS = 2000;

/** What was read of a draft; `readTo` is the original offset up to which it was. */
interface DraftReading {
  view: Readable;
  mentions: Mention[];
  readTo: number;
  whole: boolean;
}

/**
 * The readable draft with its facts: those in the text, and where its links really go. The fact of a
 * composer link covers the link's text, so other facts may stand within it.
 */
export function readDraft(draft: string, links: readonly BoundLink[]): DraftReading {
  const { units: readTo } = readLength(draft, MAX_DRAFT_UNITS, MAX_DRAFT_NUMBERS);
  const view = readable(draft.slice(0, readTo));
  const inLinks = placedLinks(view.text, links.slice(0, MAX_LINKS));
  const inText = extractFacts(view.text);
  const all = merged(inLinks, inText);
  return {
    view,
    readTo,
    mentions: all.slice(0, MAX_DRAFT_FACTS),
    whole: readTo === draft.length && all.length <= MAX_DRAFT_FACTS && links.length <= MAX_LINKS,
  };
}

/** Each link at the next place of its text; one whose text is not in the draft stands at its end. */
function placedLinks(text: string, links: readonly BoundLink[]): Mention[] {
  const placed: Mention[] = [];
  let from = 0;
  for (const { text: shown, href } of links) {
    const words = readable(shown).text.trim();
    const at = words === '' ? -1 : text.indexOf(words, from);
    const start = at < 0 ? Math.min(from, text.length) : at;
    const end = at < 0 ? start : at + words.length;
    const mention = linkMention(start, end, href);
    from = end;
    if (mention === null) continue;
    placed.push(
      mention.refused === undefined && showsOtherHost(words, href)
        ? { ...mention, refused: 'shows-other-host' }
        : mention,
    );
  }
  return placed;
}

/** A link of the composer takes the place of what its text would say by itself. */
function merged(links: readonly Mention[], inText: readonly Mention[]): Mention[] {
  if (links.length === 0) return [...inText];
  let next = 0;
  const kept = inText.filter((mention) => {
    if (mention.kind !== 'link') return true;
    while ((links[next]?.end ?? Infinity) <= mention.start) next += 1;
    return (links[next]?.start ?? Infinity) >= mention.end;
  });
  return [...kept, ...links].sort((a, b) => a.start - b.start || a.end - b.end);
}
