import {
  caseHead,
  caseReply,
  casesReply,
  type CaseHead,
  type CaseReply,
  type NewCase,
  type ResolveRequest,
} from '../protocol/case.ts';
import { PATHS } from '../protocol/paths.ts';
import type * as z from 'zod/mini';
import type { Question, Told } from './ask-collector.ts';

/** Acts that a version of a case must be named for. */
export type CaseActName = 'claim' | 'release' | 'hand-over' | 'take-back' | 'resolve';

/** Pages of open cases that are read at once; each holds a hundred. */
const MAX_PAGES = 20;

/** Cases as a device asks for them. Never rejects for what network or collector do. */
export interface CaseClient {
  open(body: NewCase): Promise<Told<CaseHead>>;
  read(id: string): Promise<Told<CaseReply>>;
  /** All open cases that this person may see, oldest first. */
  list(): Promise<Told<readonly CaseHead[]>>;
  act(
    id: string,
    act: CaseActName,
    version: number,
    body?: ResolveRequest | { to: string },
  ): Promise<Told<CaseHead>>;
}

/** Asks through `ask`, as the member that this device is. */
export function createCaseClient(
  ask: <Reply extends z.ZodMiniType>(question: Question<Reply>) => Promise<Told<z.infer<Reply>>>,
): CaseClient {
  return {
    open: (body) => ask({ method: 'POST', path: PATHS.cases, body, reply: caseHead }),
    read: (id) => ask({ method: 'GET', path: PATHS.case(id), reply: caseReply }),
    async list() {
      const all: CaseHead[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const query: string =
          cursor === null ? '' : `?${new URLSearchParams({ cursor }).toString()}`;
        const told: Told<z.infer<typeof casesReply>> = await ask({
          method: 'GET',
          path: `${PATHS.cases}${query}`,
          reply: casesReply,
        });
        if (!told.ok) return told;
        all.push(...told.value.cases);
        cursor = told.value.next;
        if (cursor === null) break;
      }
      return { ok: true, value: all };
    },
    act: (id, act, version, body) =>
      ask({
        method: 'POST',
        path: PATHS.caseAct(id, act),
        version,
        reply: caseHead,
        ...(body === undefined ? {} : { body }),
      }),
  };
}
