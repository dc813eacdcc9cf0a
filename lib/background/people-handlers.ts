import type { peopleContracts } from '../messaging/people-contracts.ts';
import type { WorkerHandlers } from '../messaging/serve.ts';
import { PATHS } from '../protocol/paths.ts';
import { member, membersReply, mintedReply, tokenInfo, tokensReply } from '../protocol/team.ts';
import type { Told } from '../sync/ask-collector.ts';
import type { SignInUse } from './sign-in-use.ts';
import { whyNot } from './why-not.ts';

const said = <T, V>(told: Told<T>, take: (value: T) => V) =>
  told.ok
    ? { ok: true as const, value: take(told.value) }
    : { ok: false as const, why: whyNot(told) };
const whole = <T>(value: T): T => value;

/** Handlers of the calls about people. What somebody may do, the collector decides. */
export function peopleHandlers(
  signIn: SignInUse,
  ready: Promise<void>,
  onSignedIn: () => void,
): Pick<WorkerHandlers, keyof typeof peopleContracts> {
  return {
    'sign-in.view': async () => {
      await ready;
      return signIn.view();
    },
    'sign-in.start': async () => {
      await ready;
      const why = await signIn.start();
      if (why === '') onSignedIn();
      return { why };
    },
    'sign-in.end': async () => {
      await ready;
      return signIn.end();
    },
    'members.list': async () =>
      said(
        await signIn.ask({ method: 'GET', path: PATHS.members, reply: membersReply }),
        ({ members }) => members,
      ),
    'members.add': async (body) =>
      said(await signIn.ask({ method: 'POST', path: PATHS.members, body, reply: member }), whole),
    'members.change': async ({ id, change: body }) =>
      said(
        await signIn.ask({ method: 'PATCH', path: PATHS.member(id), body, reply: member }),
        whole,
      ),
    'tokens.list': async ({ member: id }) =>
      said(
        await signIn.ask({ method: 'GET', path: PATHS.memberTokens(id), reply: tokensReply }),
        ({ tokens }) => tokens,
      ),
    'tokens.mint': async ({ member: id, label }) => {
      const path = PATHS.memberTokens(id);
      const body = { label };
      return said(await signIn.ask({ method: 'POST', path, body, reply: mintedReply }), whole);
    },
    'tokens.revoke': async ({ id }) =>
      said(await signIn.ask({ method: 'DELETE', path: PATHS.token(id), reply: tokenInfo }), whole),
  };
}
