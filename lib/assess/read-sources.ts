import type { Source } from '../domain/assessment.ts';
import { indexInternal, type InternalIndex } from './internal.ts';
import { indexPassages, type PassageIndex } from './passages.ts';
import { indexSources, type SourceIndex } from './source-facts.ts';

/** Sources as a draft is checked against them. */
export interface ReadSources {
  index: SourceIndex;
  passages: PassageIndex;
  /** Null when no source is internal. */
  internal: InternalIndex | null;
}

/** Reads facts and sentences of all sources: most of the work of an assessment. Pure. */
export function readSources(sources: readonly Source[]): ReadSources {
  const index = indexSources(sources);
  const { reads } = index;
  return { index, passages: indexPassages(reads), internal: indexInternal(reads) };
}

/**
 * `readSources` with a memory: the same sources, by content, are read once while a draft changes beside
 * them. It keeps what was asked for last, up to `maxUnits` UTF-16 units of text together, or the last one
 * alone when that is longer.
 */
export function keepingReader(maxUnits: number): typeof readSources {
  const kept = new Map<string, { read: ReadSources; units: number }>();
  let units = 0;
  const drop = (key: string) => {
    units -= kept.get(key)?.units ?? 0;
    kept.delete(key);
  };
  return (sources) => {
    const key = JSON.stringify(sources);
    const read = kept.get(key)?.read ?? readSources(sources);
    drop(key);
    for (const oldest of kept.keys()) {
      if (units + key.length <= maxUnits) break;
      drop(oldest);
    }
    kept.set(key, { read, units: key.length });
    units += key.length;
    return read;
  };
}
