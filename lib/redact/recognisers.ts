import { BIRTH_DATES, emails, PHONES } from './contact.ts';
import { ENGLISH_IDS } from './ids-english.ts';
import { EUROPEAN_IDS } from './ids-europe.ts';
import { MONEY } from './money.ts';
import { NETWORK } from './network.ts';
import { claims, type Recogniser, type Span } from './recogniser.ts';
import { privateKeys, SECRETS } from './secrets.ts';

/** Every form that is looked for; where two claim the same place, the earlier names it. */
export const RECOGNISERS: readonly Recogniser[] = [
  ...SECRETS,
  ...MONEY,
  ...NETWORK,
  ...EUROPEAN_IDS,
  ...ENGLISH_IDS,
  ...BIRTH_DATES,
  ...PHONES,
];

/** What all recognisers claim in a view, one list for each, the strongest first. */
export function allClaims(text: string): Span[][] {
  const [secrets, rest] = [RECOGNISERS.slice(0, SECRETS.length), RECOGNISERS.slice(SECRETS.length)];
  const each = (list: readonly Recogniser[]) => list.map((recogniser) => claims(text, recogniser));
  return [privateKeys(text), ...each(secrets), emails(text), ...each(rest)];
}
