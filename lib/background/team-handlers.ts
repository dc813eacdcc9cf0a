import type { WorkerHandlers } from '../messaging/serve.ts';
import type { teamContracts } from '../messaging/team-contracts.ts';
import { comment, commentsReply, historyReply } from '../protocol/history.ts';
import { contentsReply } from '../protocol/content.ts';
import { eventsReply, logHeadReply } from '../protocol/messages.ts';
import { PATHS } from '../protocol/paths.ts';
import type { Told } from '../sync/ask-collector.ts';
import type { CaseUse } from './cases/case-use.ts';
import type { SignInUse } from './sign-in-use.ts';
import { whyNot } from './why-not.ts';

/** Events of a log that are asked for at once. */
const LOG_PAGE = 500;

const said = <T>(told: Told<T>) =>
  told.ok ? { ok: true as const, value: told.value } : { ok: false as const, why: whyNot(told) };

const query = (parts: Record<string, string | number | undefined>): string => {
  const given = Object.entries(parts).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
};

/** Handlers of the calls about the team's work. Who may see or do it, the collector decides. */
export function teamHandlers(
  { signIn, cases, hear }: { signIn: SignInUse; cases: CaseUse; hear(): void },
  ready: Promise<void>,
): Pick<WorkerHandlers, keyof typeof teamContracts> {
  return {
    'case.act': async (request) => {
      await ready;
      return cases.act(request);
    },
    'team.look': async () => {
      await ready;
      // Listens for as long as a page is open: nobody waits for that.
      hear();
      return {};
    },
    'team.history': async (parts) => {
      await ready;
      const path = `${PATHS.history}${query(parts)}`;
      return said(await signIn.ask({ method: 'GET', path, reply: historyReply }));
    },
    'team.head': async ({ logid }) => {
      await ready;
      return said(await signIn.ask({ method: 'GET', path: PATHS.log(logid), reply: logHeadReply }));
    },
    'team.texts': async (place) => {
      await ready;
      const path = `${PATHS.contents}${query(place)}`;
      return said(await signIn.ask({ method: 'GET', path, reply: contentsReply }));
    },
    'team.log': async ({ logid, from }) => {
      await ready;
      const path = `${PATHS.events(logid)}${query({ from, limit: LOG_PAGE })}`;
      return said(await signIn.ask({ method: 'GET', path, reply: eventsReply }));
    },
    'comments.list': async (place) => {
      await ready;
      const path = `${PATHS.comments}${query(place)}`;
      return said(await signIn.ask({ method: 'GET', path, reply: commentsReply }));
    },
    'comments.add': async (body) => {
      await ready;
      return said(await signIn.ask({ method: 'POST', path: PATHS.comments, body, reply: comment }));
    },
  };
}
