import type { Member, TokenInfo } from '../../lib/protocol/team.ts';
import type { ReplyOf, ToWorker } from '../../lib/messaging/contracts.ts';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const DAY_MS = 86_400_000;

/** A collector's people, played: what the worker would answer. */
export function peopleBench(now: () => number) {
  const at = (days: number) => new Date(now() - days * DAY_MS).toISOString();
  const member = (n: number, of: Pick<Member, 'name' | 'email' | 'role'>): Member => ({
    ...of,
    id: id(n),
    active: true,
    createdAt: at(30),
  });
  const members: Member[] = [
    member(1, { name: 'Ada Lind', email: 'ada@desk.example', role: 'admin' }),
    member(2, {
      name: 'Bartholomäus Featherstonehaugh-Cholmondeley',
      email: 'bartholomaeus.featherstonehaugh-cholmondeley@support.desk.example',
      role: 'lead',
    }),
    { ...member(3, { name: 'Mia', email: '', role: 'reviewer' }), active: false },
  ];
  const tokens: TokenInfo[] = [
    { id: id(11), member: id(2), label: 'laptop', createdAt: at(12), revokedAt: null },
    { id: id(12), member: id(2), label: '', createdAt: at(29), revokedAt: at(13) },
  ];
  let view: ReplyOf<ToWorker['sign-in.view']> = {
    status: 'none',
    issuer: null,
    person: null,
    why: '',
  };
  const answers = { start: '' };
  const ok = (value: unknown) => Promise.resolve({ ok: true, value });
  return {
    /** Who is signed in, as the page will be told. */
    show: (shown: Partial<typeof view>) => {
      view = { ...view, issuer: 'https://login.desk.example/realm', ...shown };
    },
    /** What signing in will end with. */
    answers,
    handlers: {
      'sign-in.view': () => Promise.resolve(view),
      'sign-in.start': () => Promise.resolve({ why: answers.start }),
      'sign-in.end': () => {
        view = { ...view, status: 'none', person: null };
        return Promise.resolve({ revoked: false });
      },
      'members.list': () => ok(members),
      'members.add': () => Promise.resolve({ ok: false, why: 'request-invalid' }),
      'members.change': () => Promise.resolve({ ok: false, why: 'last-admin' }),
      'tokens.list': ({ member: of }: { member: string }) =>
        ok(tokens.filter((each) => each.member === of)),
      'tokens.mint': ({ member: of, label }: { member: string; label: string }) => {
        const info = { id: id(13), member: of, label, createdAt: at(0), revokedAt: null };
        tokens.push(info);
        return ok({ token: `cs_default_${'x'.repeat(43)}`, info });
      },
      'tokens.revoke': () => Promise.resolve({ ok: false, why: 'network' }),
    },
  };
}
