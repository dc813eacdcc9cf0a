import type { Recogniser, Span } from './recogniser.ts';

const OPEN = '(?<![A-Za-z\\d_\\uffff-])';

/** Tokens that their makers gave a prefix so that they can be found. */
const PREFIXED = [
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z\\d])',
  'gh[pousr]_[A-Za-z\\d]{30,}',
  'github_pat_\\w{30,}',
  'glpat-[\\w-]{18,}',
  'xox[abeoprs]-[A-Za-z\\d-]{12,}',
  'xapp-[A-Za-z\\d-]{20,}',
  '(?:sk|rk|pk)_(?:live|test)_[A-Za-z\\d]{16,}',
  'whsec_[A-Za-z\\d+/=]{16,}',
  'sk-(?=[A-Za-z_-]{0,40}\\d)[\\w-]{20,}',
  'AIza[\\w-]{35}',
  'ya29\\.[\\w-]{20,}',
  'npm_[A-Za-z\\d]{30,}',
  'pypi-[\\w-]{40,}',
  'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
  'key-[a-f\\d]{32}',
  'dop_v1_[a-f\\d]{40,}',
  'shp(?:at|ca|pa|ss)_[a-fA-F\\d]{32}',
  'hf_[A-Za-z\\d]{30,}',
  'AGE-SECRET-KEY-1[A-Z\\d]{50,}',
];

const NAME =
  '(?:api[ _-]?key|apikey|access[ _-]?key|secret(?:[ _-]?(?:access[ _-]?)?key)?|auth[ _-]?token|access[ _-]?token|client[ _-]?secret|token|credential|schlüssel)';
const PASSWORD =
  'password|passwd|passcode|passphrase|pwd|pw|passwort|kennwort|mot de passe|mdp|contraseña|clave|wachtwoord|hasło|senha|lösenord|adgangskode|passord|salasana|parola|пароль|密码|パスワード|비밀번호';
const SIGNS = '[^\\s\\uffff"\'<>]';

const mixed = (value: string) => /\d/.test(value) && /[A-Za-z]/.test(value);
/** A word of the language is no password; with figures, signs or inner capitals it may be one. */
const unwordly = (value: string) =>
  /\d|.[A-Z].*[a-z]|[a-z].*[A-Z]|[^\p{L}\p{M}.,;:!?()'’-]/u.test(value);
const withoutEnd = (check: (value: string) => boolean) => (value: string) => {
  let to = value.length;
  while (to > 0 && /[.,;:)\]}]/.test(value[to - 1] ?? '')) to -= 1;
  return to > 3 && check(value.slice(0, to)) ? to : 0;
};

/** How parameters of an address are named that hold a secret. */
const SECRET_NAMES =
  /(?:token|secret|sig|signature|key|pass|passwd|password|pwd|auth|authorization|session|sid|credential|otp|jwt|code|assertion|nonce)$/i;

/** Tokens, keys and passwords. */
export const SECRETS: readonly Recogniser[] = [
  {
    // RFC 3986 userinfo.
    kind: 'url-secret',
    pattern: /(?<=:\/\/)[^\s/@:?#\uffff]{0,64}:[^\s/@?#\uffff]{1,256}(?=@)/gu,
  },
  {
    kind: 'url-secret',
    pattern: /[?&#;](?<name>[\w.-]{1,40})=(?<value>[^\s&#?;"'<>\uffff]{6,})/gu,
    check: (_value, name) => SECRET_NAMES.test(name),
  },
  {
    kind: 'url-secret',
    pattern:
      /\/(?:reset|verify|invite|invitation|confirm|magic|activate|unsubscribe|share)[a-z_-]{0,20}\/(?<value>[\w~.-]{16,})/giu,
    check: withoutEnd(mixed),
  },
  {
    kind: 'url-secret',
    pattern: /(?<=hooks\.slack\.com\/(?:services|workflows)\/)[\w/-]{16,}/gu,
  },
  {
    kind: 'jwt',
    pattern: new RegExp(`${OPEN}eyJ[\\w-]{5,}\\.[\\w-]{5,}(?:\\.[\\w-]{0,}){1,3}`, 'gu'),
  },
  ...PREFIXED.map((source): Recogniser => ({
    kind: 'api-key',
    pattern: new RegExp(`${OPEN}${source}`, 'gu'),
  })),
  {
    kind: 'api-key',
    pattern: new RegExp(
      `${NAME}["']?(?: is|\\s{0,2}[:=])\\s{0,2}["']?(?<value>[A-Za-z\\d+/_.~-]{12,}={0,2})`,
      'giu',
    ),
    check: withoutEnd(mixed),
  },
  {
    kind: 'api-key',
    pattern: /(?<![\p{L}])(?:bearer|basic) (?<value>[A-Za-z\d+/=_.~-]{16,})/giu,
    check: withoutEnd(mixed),
  },
  {
    // `password=…`, `"pwd": "…"`: whatever stands there.
    kind: 'password',
    pattern: new RegExp(
      `(?<!\\p{L})(?:${PASSWORD})["']?(?:=["']?|:["']|["']: ?["'])(?<value>${SIGNS}{3,})`,
      'giu',
    ),
  },
  {
    // In a sentence only what does not look like a word of it.
    kind: 'password',
    pattern: new RegExp(
      `(?<!\\p{L})(?:${PASSWORD})(?: ?[:：] ?| (?:is|ist|lautet|es|est|è|é|är|er|on|to|jest|is:|ist:)[ :]{1,2}|は)["'„“]?(?<value>${SIGNS}{4,256})`,
      'giu',
    ),
    check: withoutEnd(unwordly),
  },
  {
    kind: 'password',
    pattern: /(?<!\p{L})pin(?:[ -]?code)?(?: is| ist|:|=) ?(?<value>\d{4,8})(?!\d)/giu,
  },
];

/** How the block of a private key opens. */
export const BEGIN = /-----BEGIN [A-Z\d ]{0,30}PRIVATE KEY(?: BLOCK)?-----/gu;
const PEM_MAX = 16_384;
/** Lines of base64, for a block whose end was cut off. */
export const BODY = /^(?:\s{0,3}[A-Za-z\d+/=]{24,})*(?:\s{0,3}[A-Za-z\d+/]{1,80}={1,2})?/u;

/** PEM blocks of private keys (RFC 7468); without an end line, as far as the base64 goes. */
export function privateKeys(text: string): Span[] {
  const spans: Span[] = [];
  BEGIN.lastIndex = 0;
  for (let match = BEGIN.exec(text); match !== null; match = BEGIN.exec(text)) {
    const rest = text.slice(BEGIN.lastIndex, BEGIN.lastIndex + PEM_MAX);
    const end = /-----END [A-Z\d ]{0,30}PRIVATE KEY(?: BLOCK)?-----/u.exec(rest);
    const body = BODY.exec(rest)?.[0].length ?? 0;
    const length = end === null ? body : end.index + end[0].length;
    spans.push({
      kind: 'private-key',
      from: match.index,
      to: BEGIN.lastIndex + length,
      named: false,
    });
    BEGIN.lastIndex += length;
  }
  return spans;
}
