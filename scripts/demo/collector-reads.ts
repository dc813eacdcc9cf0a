import { PROTOCOL_HEADER } from '../../lib/protocol/headers.ts';
import { PROTOCOL } from '../../lib/protocol/limits.ts';
import { eventsReply } from '../../lib/protocol/messages.ts';
import { endpointUrl, PATHS } from '../../lib/protocol/paths.ts';
import type { World } from './world.ts';

/** All events of a log as the collector stored them, oldest first. */
export async function storedEvents(
  { url, token }: World['collector'],
  logid: string,
): Promise<{ seq: number; raw: string }[]> {
  const events: { seq: number; raw: string }[] = [];
  let from: number | null = 0;
  while (from !== null) {
    const address = endpointUrl(url, PATHS.events(logid));
    const answer: Response = await fetch(`${address}?from=${from}`, {
      headers: { authorization: `Bearer ${token}`, [PROTOCOL_HEADER]: String(PROTOCOL) },
    });
    if (!answer.ok) throw new Error(`The collector answered ${answer.status}`);
    const page = eventsReply.parse(await answer.json());
    events.push(...page.events);
    from = page.next;
  }
  return events;
}
