import type { ReviewItem } from '../../domain/item.ts';
import { includesRole } from '../../protocol/team.ts';
import type { Me } from '../../settings/team-store.ts';
import type { CaseClient } from '../../sync/case-client.ts';
import type { Failure } from '../../sync/problems.ts';
import { failureOf, type CaseNews } from '../../sync/pull.ts';
import { applyAnswer } from './apply-answer.ts';
import { takeCase } from './take-case.ts';
import type { Worker } from '../worker.ts';

/** What this device knows already of its open cases, by their ids. */
async function known(worker: Worker, endpoint: string): Promise<Map<string, ReviewItem>> {
  const items = await worker.store.openCases();
  return new Map(
    items.flatMap((item) =>
      item.case?.endpoint === endpoint ? [[item.case.caseId, item] as const] : [],
    ),
  );
}

/**
 * Hears of cases: an answer to one's own is carried out, a colleague's comes into a lead's queue or leaves it.
 * `all`: any may be different. Null when all was taken; why the collector could not be asked otherwise.
 * Taking the same news twice changes nothing.
 */
export async function takeCaseNews(
  worker: Worker,
  client: CaseClient,
  { me, endpoint }: { me: Me; endpoint: string },
  news: readonly CaseNews[] | 'all',
): Promise<Failure | null> {
  const mine = await known(worker, endpoint);
  const wanted = new Map<string, number>();
  if (news === 'all') {
    const told = await client.list();
    if (!told.ok) return failureOf(told);
    for (const [id] of mine) wanted.set(id, Infinity);
    for (const head of told.value) wanted.set(head.id, head.version);
  } else for (const { caseId, version } of news) wanted.set(caseId, version);
  for (const [id, version] of wanted) {
    const held = mine.get(id);
    if (held?.case !== undefined && held.case.version >= version) continue;
    const told = await client.read(id);
    if (!told.ok) {
      // One that this person may not see any more says nothing to this device.
      if (told.refused === 'not-found' || told.refused === 'forbidden') continue;
      return failureOf(told);
    }
    const reply = told.value;
    if (reply.case.author === me.member.id) await applyAnswer(worker, reply, endpoint, me);
    else if (includesRole(me.role, 'lead')) await takeCase(worker, reply, endpoint);
  }
  return null;
}
