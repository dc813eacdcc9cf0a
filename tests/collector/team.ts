import { pushReply } from '../../lib/protocol/messages.ts';
import { mintedReply, member as memberSchema, type Role } from '../../lib/protocol/team.ts';
import { createApp, type Collector } from '../../server/app.ts';
import { openDatabase, type OpenDatabase, type Place } from '../../server/db/open.ts';
import type { LogFields } from '../../server/log.ts';
import type { Oidc } from '../../server/oidc/verify-token.ts';
import { DEFAULT_ORG, setUpOrg } from '../../server/set-up-org.ts';
import { postgresPrograms, startPostgres } from './postgres.ts';
import { makeLog, newLogid, pushOf, type Made } from './pushes.ts';

/** Starting a database is slow on a busy machine. */
export const START_MS = 120_000;

const programs = postgresPrograms();
/** The databases that the collector is tested on. */
export const BACKENDS = programs === null ? ['embedded'] : ['embedded', 'PostgreSQL'];

/** A request, short. `body` is sent as JSON. */
export interface Ask {
  as: string;
  body?: unknown;
  ifMatch?: number;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** A person with a token. */
export interface Person {
  id: string;
  name: string;
  role: Role;
  token: string;
  tokenId: string;
}

/** A collector with people in it. */
export interface Team {
  opened: OpenDatabase;
  /** Token of the first administrator. */
  admin: string;
  /** Each line that was logged. */
  lines: { level: string; event: string; fields: LogFields }[];
  clock: { now: number };
  ask(method: string, path: string, ask: Ask): Promise<Response>;
  /** The same asked of another process on the same database. */
  askOther(method: string, path: string, ask: Ask): Promise<Response>;
  add(name: string, role: Role): Promise<Person>;
  push(token: string, length: number, data?: Parameters<typeof makeLog>[2]): Promise<Made[]>;
  pushTo(token: string, logid: string, events: readonly Made[]): Promise<Response>;
  stop(): Promise<void>;
}

/** A database of its own for a test. */
export async function ownPlace(backend: string): Promise<{ place: Place; stop(): Promise<void> }> {
  if (backend !== 'PostgreSQL' || programs === null)
    return { place: { kind: 'memory' }, stop: () => Promise.resolve() };
  const server = await startPostgres(programs);
  return { place: { kind: 'postgres', url: await server.freshUrl() }, stop: server.stop };
}

const init = (method: string, { as, body, ifMatch, headers, signal }: Ask): RequestInit => ({
  method,
  ...(signal === undefined ? {} : { signal }),
  ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  headers: {
    Authorization: `Bearer ${as}`,
    'Countersign-Protocol': '1',
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
    ...headers,
  },
});

/** Opens a collector; on PostgreSQL `askOther` has a pool of its own, as another process would. */
export async function openTeam(backend: string, oidc?: Oidc): Promise<Team> {
  const { place, stop } = await ownPlace(backend);
  const opened = await openDatabase(place);
  const second = place.kind === 'postgres' ? await openDatabase(place) : null;
  const { key, token: admin } = await setUpOrg(opened.db, DEFAULT_ORG, { newToken: false });
  if (admin === null) throw new Error('A first start makes a token');
  const lines: Team['lines'] = [];
  const clock = { now: Date.now() };
  const stopping = new AbortController();
  const collector: Omit<Collector, 'db'> = {
    key,
    log: (level, event, fields = {}) => lines.push({ level, event, fields }),
    now: () => clock.now,
    stopping: stopping.signal,
    ...(oidc === undefined ? {} : { oidc }),
  };
  const app = createApp({ ...collector, db: opened.db });
  const other = createApp({ ...collector, db: (second ?? opened).db });
  const ask: Team['ask'] = async (method, path, what) => app.request(path, init(method, what));
  const pushTo: Team['pushTo'] = async (token, logid, events) => {
    const { path, init: request } = pushOf(token, logid, events);
    return app.request(path, request);
  };
  const push: Team['push'] = async (token, length, data) => {
    const logid = newLogid();
    const log = makeLog(logid, length, data);
    pushReply.parse(await (await pushTo(token, logid, log)).json());
    return log;
  };
  return {
    opened,
    admin,
    lines,
    clock,
    ask,
    push,
    pushTo,
    askOther: async (method, path, what) => other.request(path, init(method, what)),
    async add(name, role) {
      const body = { name, email: '', role };
      const added = await ask('POST', '/v1/members', { as: admin, body });
      const { id } = memberSchema.parse(await added.json());
      const minted = await ask('POST', `/v1/members/${id}/tokens`, {
        as: admin,
        body: { label: 'laptop' },
      });
      const { token, info } = mintedReply.parse(await minted.json());
      return { id, name, role, token, tokenId: info.id };
    },
    async stop() {
      stopping.abort();
      await second?.close();
      await opened.close();
      await stop();
    },
  };
}

/** Code of a refusal, '' for an answer that is none. */
export async function codeOf(response: Response): Promise<string> {
  if (response.headers.get('content-type') !== 'application/problem+json') return '';
  const body: unknown = await response.json();
  const type = typeof body === 'object' && body !== null ? Reflect.get(body, 'type') : '';
  return String(type).replace('urn:countersign:problem:', '');
}
