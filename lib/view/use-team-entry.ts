import { useCallback, useEffect, useState } from 'react';
import type * as z from 'zod/mini';
import type { ReplyOf, ToWorker } from '../messaging/contracts.ts';
import type { comment } from '../protocol/history.ts';
import { useServices } from './services.ts';
import type { TeamRow } from './team-rows.ts';
import { SLOW, useAsk } from './use-ask.ts';

type Texts = Extract<ReplyOf<ToWorker['team.texts']>, { ok: true }>['value']['contents'];

/** What the collector holds beside an entry: texts that the policy let leave, and remarks of leads. */
export function useTeamEntry({ logid, seq }: Pick<TeamRow, 'logid' | 'seq'>) {
  const { uuid } = useServices();
  const ask = useAsk();
  const [texts, setTexts] = useState<Texts>([]);
  const [comments, setComments] = useState<readonly z.infer<typeof comment>[] | null>(null);
  const [why, setWhy] = useState('');
  const [id, setId] = useState(uuid);
  useEffect(() => {
    let live = true;
    const place = { logid, seq };
    void ask((call) => call('team.texts', place, SLOW)).then((held) => {
      if (live && held.ok) setTexts(held.value.contents);
    });
    void ask((call) => call('comments.list', place, SLOW)).then((held) => {
      if (!live) return;
      if (held.ok) setComments(held.value.comments);
      else setWhy(held.why);
    });
    return () => {
      live = false;
    };
  }, [ask, logid, seq]);
  /** Adds a remark; the same one again until it was taken. Resolves to whether it was. */
  const add = useCallback(
    async (text: string): Promise<boolean> => {
      const made = await ask((call) => call('comments.add', { id, logid, seq, text }, SLOW));
      setWhy(made.ok ? '' : made.why);
      if (!made.ok) return false;
      setComments((before) => [...(before ?? []), made.value]);
      setId(uuid());
      return true;
    },
    [ask, id, logid, seq, uuid],
  );
  return { texts, comments, why, add };
}
