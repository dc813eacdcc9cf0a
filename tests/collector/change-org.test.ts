import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callerOf, type Caller } from '../../server/caller.ts';
import { changeOrg } from '../../server/org/change-org.ts';
import { BACKENDS, openTeam, START_MS, type Person, type Team } from './team.ts';

describe.each(BACKENDS)('a change of somebody who was admitted a moment ago, on %s', (backend) => {
  let team: Team;
  beforeAll(async () => {
    team = await openTeam(backend);
  }, START_MS);
  afterAll(() => team.stop());

  const admitted = async (person: Person): Promise<Caller> => {
    const { db } = team.opened;
    const admission = { db, now: Date.now, log: () => undefined };
    const caller = await callerOf(admission, `Bearer ${person.token}`);
    if (caller === null) throw new Error('It is a good token');
    return caller;
  };
  const change = (caller: Caller) =>
    changeOrg({ db: team.opened.db, now: Date.now }, caller, () => Promise.resolve('done'));

  test('is done while nothing changed', async () => {
    expect(await change(await admitted(await team.add('Mia', 'lead')))).toBe('done');
  });

  interface Act {
    method: string;
    path: string;
    body?: object;
  }
  test.each<[string, (mia: Person) => Act]>([
    [
      'their token was revoked',
      ({ tokenId }) => ({ method: 'DELETE', path: `/v1/tokens/${tokenId}` }),
    ],
    [
      'their access was ended',
      ({ id }) => ({ method: 'PATCH', path: `/v1/members/${id}`, body: { active: false } }),
    ],
    [
      'they have another role',
      ({ id }) => ({ method: 'PATCH', path: `/v1/members/${id}`, body: { role: 'reviewer' } }),
    ],
  ])('is refused when %s meanwhile', async (_, act) => {
    const mia = await team.add('Mia', 'lead');
    const caller = await admitted(mia);
    const { method, path, ...rest } = act(mia);
    expect((await team.ask(method, path, { as: team.admin, ...rest })).ok).toBe(true);
    await expect(change(caller)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('is refused when the person is linked no more', async () => {
    const caller = await admitted(await team.add('Mia', 'lead'));
    const identity = { issuer: 'https://login.example', subject: 'mia' };
    await expect(change({ ...caller, tokenId: '', identity })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});
