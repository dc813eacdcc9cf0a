import { contentLevel, type ContentLevel } from '../domain/content-level.ts';
import type { ContentsRequest } from '../protocol/content.ts';
import type { PushRequest } from '../protocol/messages.ts';
import { contentEntryOf } from '../store/content-body.ts';
import { useServices } from './services.ts';
import { liveOr, useLive } from './use-live.ts';

/** What is sent of one real decision at a level, to the byte. */
export interface SentAt {
  level: ContentLevel;
  /** Body of the request that carries the entry. */
  events: string;
  /** Body of the request that carries its texts; null where none leaves. */
  contents: string | null;
  /** How many of each kind were taken out. */
  redactions: readonly { kind: string; count: number }[];
}

type Example = Awaited<ReturnType<ReturnType<typeof useServices>['reads']['contentExample']>>;

function sentAt(level: ContentLevel, { logid, seq, raw, texts }: NonNullable<Example>): SentAt {
  const entry = contentEntryOf({ seq, level, texts });
  const push: PushRequest = { from: seq, events: [raw] };
  const counts = new Map<string, number>();
  for (const { redactions } of entry?.contents ?? [])
    for (const [kind, count] of Object.entries(redactions))
      counts.set(kind, (counts.get(kind) ?? 0) + count);
  const request: ContentsRequest = { logid, entries: entry === null ? [] : [entry] };
  return {
    level,
    events: JSON.stringify(push),
    contents: entry === null ? null : JSON.stringify(request),
    redactions: [...counts].map(([kind, count]) => ({ kind, count })),
  };
}

/** Made by the very code that sends, of a decision of this device; null when there is none with texts. */
export function useContentExamples(): readonly SentAt[] | null {
  const { reads } = useServices();
  return liveOr<readonly SentAt[] | null>(
    useLive(async () => {
      const example = await reads.contentExample();
      return example === null ? null : contentLevel.options.map((level) => sentAt(level, example));
    }, [reads]),
    null,
  );
}

/** How sending texts goes; null until the store answered. */
export function useContentSync() {
  const { reads } = useServices();
  return liveOr<Awaited<ReturnType<typeof reads.contentSyncState>> | null>(
    useLive(() => reads.contentSyncState(), [reads]),
    null,
  );
}
