import { beginSignIn, findProvider, finishSignIn, type Tokens } from '../../lib/sync/oidc.ts';
import { CLIENT, type TestProvider } from './oidc-provider.ts';

export const REDIRECT = `https://${'a'.repeat(32)}.chromiumapp.org/sign-in`;
export const SCOPES = ['openid', 'profile', 'email', 'offline_access'];

const unescape = (text: string) => text.replaceAll('&amp;', '&');

/** What a person's browser does: follows, keeps cookies, signs in as `login`, agrees. Gives where it ends. */
export async function walk(start: string, login: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = start;
  let form: URLSearchParams | null = null;
  for (let steps = 0; steps < 20; steps += 1) {
    const response: Response = await fetch(url, {
      method: form === null ? 'GET' : 'POST',
      body: form,
      redirect: 'manual',
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    form = null;
    const next = response.headers.get('Location');
    const page = await response.text();
    if (next !== null) {
      url = new URL(next, url).href;
      if (!url.startsWith('http://127.0.0.1')) return url;
      continue;
    }
    const [, action] = /action="([^"]+)"/.exec(page) ?? [];
    if (action === undefined) throw new Error(`No form at ${url}: ${response.status} ${page}`);
    url = new URL(unescape(action), url).href;
    form = new URLSearchParams(
      page.includes('name="login"')
        ? { prompt: 'login', login, password: 'x' }
        : { prompt: 'consent' },
    );
  }
  throw new Error('It never ended');
}

/** Signs somebody in by the extension's own code and a real provider. */
export async function signIn(provider: TestProvider, login: string): Promise<Tokens> {
  const net = { fetch };
  const offer = { issuer: provider.issuer, clientId: CLIENT, scopes: SCOPES };
  const found = await findProvider(net, offer);
  const begun = await beginSignIn(found, REDIRECT, { silent: false });
  return finishSignIn(net, found, begun, await walk(begun.url, login));
}
