import { beginSignIn, findProvider, finishSignIn, type Tokens } from '../../lib/sync/oidc.ts';
import { CLIENT, type TestProvider } from './oidc-provider.ts';

export const REDIRECT = `https://${'a'.repeat(32)}.chromiumapp.org/sign-in`;
const SCOPES = ['openid', 'profile', 'email', 'offline_access'];

const unescape = (text: string) => text.replaceAll('&amp;', '&');

/** A browser as far as signing in goes: follows, keeps cookies, fills in forms. */
export class Browsing {
  readonly #cookies = new Map<string, string>();

  /** Loses the provider's memory of who is there. */
  forget(): void {
    this.#cookies.clear();
  }

  /** Signs in as `login` and agrees; without one, null at the first form. Gives where it ends. */
  async walk(start: string, login: string | null): Promise<string | null> {
    let url = start;
    let form: URLSearchParams | null = null;
    for (let steps = 0; steps < 20; steps += 1) {
      const { next, page } = await this.#ask(url, form);
      form = null;
      if (next !== null) {
        url = new URL(next, url).href;
        if (!url.startsWith('http://127.0.0.1')) return url;
        continue;
      }
      const [, action] = /action="([^"]+)"/.exec(page) ?? [];
      if (action === undefined) throw new Error(`No form at ${url}: ${page}`);
      if (login === null) return null;
      url = new URL(unescape(action), url).href;
      form = new URLSearchParams(
        page.includes('name="login"')
          ? { prompt: 'login', login, password: 'x' }
          : { prompt: 'consent' },
      );
    }
    throw new Error('It never ended');
  }

  /** Somebody signs in at the provider beside us. */
  async signInAs(provider: TestProvider, login: string): Promise<string> {
    return (await this.walk((await begin(provider)).begun.url, login)) ?? '';
  }

  async #ask(url: string, form: URLSearchParams | null) {
    const response = await fetch(url, {
      method: form === null ? 'GET' : 'POST',
      body: form,
      redirect: 'manual',
      headers: { Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return { next: response.headers.get('Location'), page: await response.text() };
  }
}

async function begin(provider: TestProvider) {
  const offer = { issuer: provider.issuer, clientId: CLIENT, scopes: SCOPES };
  const found = await findProvider({ fetch }, offer);
  return { found, begun: await beginSignIn(found, REDIRECT, { silent: false }) };
}

/** Signs somebody in by the extension's own code and a real provider. */
export async function signIn(provider: TestProvider, login: string): Promise<Tokens> {
  const { found, begun } = await begin(provider);
  const back = await new Browsing().walk(begun.url, login);
  return finishSignIn({ fetch }, found, begun, back ?? '');
}
