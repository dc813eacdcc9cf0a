import { readEvent } from '../../lib/audit/event-read.ts';
import { historyOutcome } from '../../lib/protocol/history.ts';
import type { Store } from '../../lib/store/store.ts';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const LISTED: ReadonlySet<string> = new Set(historyOutcome.options);

/** A collector's history, played from the entries of this browser: what the worker would answer. */
export function teamBench(store: Store) {
  const team = { fails: '' };
  const ok = (value: unknown) =>
    Promise.resolve(team.fails === '' ? { ok: true, value } : { ok: false, why: team.fails });
  const entries = async () => {
    const found: { logid: string; seq: number; hash: string; raw: string }[] = [];
    const how = { now: 0, extensionVersion: '0', contents: false };
    for await (const text of store.exportLines(how)) {
      const { line, logid, seq, hash, raw } = JSON.parse(text);
      if (line === 'event') found.push({ logid, seq, hash, raw });
    }
    return found;
  };
  const handlers = {
    'case.act': () => Promise.resolve({ why: 'claimed' }),
    'team.history': async ({ outcome }: { outcome?: string }) => {
      const all = (await entries()).flatMap((entry) => {
        const read = readEvent(entry.raw);
        const type = read.ok ? read.event.type : '';
        const isWanted = outcome === undefined ? LISTED.has(type) : type === outcome;
        if (!isWanted) return [];
        const member = id(type === 'decision.escalated' ? 2 : 3);
        return [{ ...entry, member, receivedAt: new Date(0).toISOString() }];
      });
      return ok({ entries: all.toReversed(), next: null });
    },
    'team.head': async () => {
      const { seq, hash } = (await entries()).at(-1) ?? { seq: -1, hash: '' };
      return ok({ head: { seq, hash } });
    },
    'team.log': async () =>
      ok({
        events: (await entries()).map(({ seq, hash, raw }) => ({ seq, hash, raw })),
        next: null,
      }),
    'team.texts': () =>
      ok({
        contents: [
          {
            field: 'note',
            commitment: '0'.repeat(64),
            text: 'Card ends in [card]. Link looks forged.',
            salt: null,
            cut: false,
            redactions: { card: 1 },
            level: 'edits',
            receivedAt: new Date(0).toISOString(),
          },
        ],
      }),
    'comments.list': () =>
      ok({
        comments: [
          {
            id: id(70),
            member: id(1),
            text: 'Good catch. Please tell the shop team, they sent this link to others too.',
            salt: '',
            createdAt: new Date(Date.now() - 3_600_000).toISOString(),
          },
        ],
      }),
    'comments.add': () => Promise.resolve({ ok: false, why: 'network' }),
  };
  return { team, handlers };
}
