import { PATHS } from '../../lib/protocol/paths.ts';
import { mintedReply, member, type Role } from '../../lib/protocol/team.ts';

/** Adds a person at a collector as its administrator does, and gives a token of theirs. Throws when it refuses. */
export async function addPerson(
  { url, token }: { url: string; token: string },
  person: { name: string; role: Role },
): Promise<string> {
  const post = async (path: string, body: object): Promise<unknown> => {
    const reply = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Countersign-Protocol': '1',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`The collector answered ${reply.status} for ${path}`);
    return reply.json();
  };
  const { id } = member.parse(await post(PATHS.members, { ...person, email: '' }));
  return mintedReply.parse(await post(PATHS.memberTokens(id), { label: 'laptop' })).token;
}
