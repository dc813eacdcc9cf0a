import { useCallback, useEffect, useState } from 'react';
import type { RequestOf, ToWorker } from '../messaging/contracts.ts';
import type { Member, TokenInfo } from '../protocol/team.ts';
import { SLOW, useAsk, type Answer } from './use-ask.ts';

/** The people of the team; null until they were read. Every act reads them again. */
export function useMembers() {
  const ask = useAsk();
  const [members, setMembers] = useState<readonly Member[] | null>(null);
  const [why, setWhy] = useState('');
  const load = useCallback(async () => {
    const read = await ask((call) => call('members.list', {}, SLOW));
    if (read.ok) setMembers(read.value);
    else setWhy(read.why);
  }, [ask]);
  useEffect(() => void load(), [load]);
  const after = async (answer: Answer<unknown>): Promise<boolean> => {
    setWhy(answer.ok ? '' : answer.why);
    await load();
    return answer.ok;
  };
  return {
    members,
    why,
    add: async (person: RequestOf<ToWorker['members.add']>) =>
      after(await ask((call) => call('members.add', person, SLOW))),
    change: async (request: RequestOf<ToWorker['members.change']>) =>
      after(await ask((call) => call('members.change', request, SLOW))),
  };
}

/** A person's tokens, and the one that was just made: it is not to be had again. */
export function useTokens(member: string) {
  const ask = useAsk();
  const [tokens, setTokens] = useState<readonly TokenInfo[] | null>(null);
  const [made, setMade] = useState('');
  const [why, setWhy] = useState('');
  const load = useCallback(async () => {
    const read = await ask((call) => call('tokens.list', { member }, SLOW));
    if (read.ok) setTokens(read.value);
    else setWhy(read.why);
  }, [ask, member]);
  useEffect(() => void load(), [load]);
  return {
    tokens,
    made,
    why,
    mint: async (label: string) => {
      const answer = await ask((call) => call('tokens.mint', { member, label }, SLOW));
      setWhy(answer.ok ? '' : answer.why);
      setMade(answer.ok ? answer.value.token : '');
      await load();
    },
    revoke: async (id: string) => {
      const answer = await ask((call) => call('tokens.revoke', { id }, SLOW));
      setWhy(answer.ok ? '' : answer.why);
      await load();
    },
  };
}
