import { PATHS } from '../../lib/protocol/paths.ts';
import { includesRole, meReply } from '../../lib/protocol/team.ts';
import { memberRoute } from '../api/route.ts';

/** Who the token stands for. What they may do comes from the very table that decides it. */
export const meRoute = memberRoute({
  id: 'me.read',
  method: 'GET',
  path: PATHS.me,
  summary: 'Who asks, and what they may do',
  least: 'reviewer',
  reply: meReply,
  handle: ({ service, caller: { id, name, email, role, org } }) =>
    Promise.resolve({
      member: { id, name, email },
      role,
      org,
      permissions: service.routes.flatMap((route) =>
        route.least !== 'anyone' && includesRole(role, route.least) ? [route.id] : [],
      ),
    }),
});
