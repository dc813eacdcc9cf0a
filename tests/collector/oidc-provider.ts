import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import { Provider, type Configuration } from 'oidc-provider';

/** Somebody whom the provider knows; the login form takes the key of the table and any password. */
export interface Account {
  email: string;
  email_verified: boolean;
  name: string;
  groups?: string[];
}

/** A key that the provider signs with. */
interface SigningKey {
  id: string;
  privateKey: CryptoKey;
  jwk: JWK;
}

/** A real OpenID provider on loopback. */
export interface TestProvider {
  issuer: string;
  /** May be changed while it runs. */
  accounts: Record<string, Account>;
  key: SigningKey;
  /** Paths that were asked for, with their method, oldest first. */
  asked: string[];
  /** Signs with another key from now on; tokens of before are not forgotten, their key is. */
  rotate(): Promise<void>;
  /** Cuts every connection that comes, until called with false. */
  setDown(isDown: boolean): void;
  stop(): Promise<void>;
}

export const CLIENT = 'countersign';

export async function newKey(id: string): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: id, alg: 'RS256', use: 'sig' };
  return { id, privateKey, jwk };
}

/** Starts one. `tokenSeconds`: how long an ID token lasts. */
export async function startProvider(options: {
  redirectUris: string[];
  accounts: Record<string, Account>;
  tokenSeconds?: number;
}): Promise<TestProvider> {
  const { redirectUris, accounts, tokenSeconds = 3600 } = options;
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has a port');
  const issuer = `http://127.0.0.1:${address.port}`;
  const make = (key: SigningKey) => {
    const configuration: Configuration = {
      clients: [
        {
          client_id: CLIENT,
          redirect_uris: redirectUris,
          response_types: ['code'],
          grant_types: ['authorization_code', 'refresh_token'],
          token_endpoint_auth_method: 'none',
        },
      ],
      // As most providers: what the scopes ask for stands in the ID token.
      conformIdTokenClaims: false,
      claims: {
        openid: ['sub'],
        email: ['email', 'email_verified'],
        profile: ['name', 'groups'],
      },
      findAccount: (_context, id) => {
        const account = accounts[id];
        if (account === undefined) return undefined;
        return { accountId: id, claims: () => ({ sub: id, ...account }) };
      },
      jwks: { keys: [key.jwk] },
      cookies: { keys: ['only-for-tests'] },
      clientBasedCORS: () => true,
      rotateRefreshToken: true,
      features: { revocation: { enabled: true }, devInteractions: { enabled: true } },
      ttl: {
        IdToken: tokenSeconds,
        AccessToken: 3600,
        Session: 86_400,
        Grant: 86_400,
        Interaction: 3600,
        RefreshToken: 86_400,
      },
    };
    return new Provider(issuer, configuration).callback();
  };
  const quietly = async <T>(work: () => T): Promise<T> => {
    // It warns that its forms and its memory are for development, which is what this is.
    const { info, warn } = console;
    console.info = () => undefined;
    console.warn = () => undefined;
    try {
      return work();
    } finally {
      Object.assign(console, { info, warn });
    }
  };
  let key = await newKey('first');
  let handle = await quietly(() => make(key));
  let isDown = false;
  const asked: string[] = [];
  server.on('request', (request, response) => {
    if (isDown) return void request.socket.destroy();
    asked.push(`${request.method} ${new URL(request.url ?? '/', issuer).pathname}`);
    void handle(request, response);
  });
  return {
    issuer,
    accounts,
    get key() {
      return key;
    },
    asked,
    async rotate() {
      key = await newKey(`${key.id}-next`);
      handle = await quietly(() => make(key));
    },
    setDown(to) {
      isDown = to;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
