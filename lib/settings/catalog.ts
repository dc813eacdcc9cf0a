import * as z from 'zod/mini';
import { contentDays, contentLevel, DEFAULT_CONTENT_DAYS } from '../domain/content-level.ts';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import { endpointKind } from '../domain/endpoint.ts';
import { mode } from '../domain/gate.ts';
import { caseDueHours } from '../domain/item-case.ts';
import { riskTier } from '../domain/risk-tier.ts';
import { parseSiteEntry } from './site-entry.ts';

/** A site as people write it; see `parseSiteEntry`. */
const site = z.string().check(
  z.maxLength(300),
  z.refine((value) => parseSiteEntry(value) !== null),
);

/** https, or http on the machine itself; no credentials in the address. '' means no endpoint. */
const endpoint = z.string().check(
  z.maxLength(2000),
  z.refine((value) => {
    if (value === '') return true;
    if (!URL.canParse(value)) return false;
    const url = new URL(value);
    const loopback = url.hostname === '127.0.0.1' || url.hostname === 'localhost';
    return (
      url.username === '' &&
      url.password === '' &&
      (url.protocol === 'https:' || (url.protocol === 'http:' && loopback))
    );
  }),
);

const oneLine = (max: number) =>
  z.string().check(
    z.maxLength(max),
    z.refine((value) => !/[\r\n\0]/u.test(value)),
  );

const ruleIds = new Set(DEFAULT_POLICY.rules.map(({ id }) => id));
const thresholdIds = new Set(
  DEFAULT_POLICY.rules.filter(({ value }) => value !== null).map(({ id }) => id),
);
const oneOf = (ids: ReadonlySet<string>) => z.string().check(z.refine((id) => ids.has(id)));

/**
 * Every setting: its schema and its default. The settings file, the options form and the stored
 * settings have exactly these flat keys.
 */
export const catalog = {
  /** How sites are watched unless `siteModes` says otherwise. */
  mode: { schema: mode, fallback: 'observe' },
  /** Sites that the person chose to review on; each is active only with Chrome's permission. */
  sites: { schema: z.array(site).check(z.maxLength(200)), fallback: [] },
  /** Mode per entry of `sites`. */
  siteModes: { schema: z.record(site, mode), fallback: {} },
  /** Site descriptions of one's own; each is checked by the site schema when it is used. */
  customSites: { schema: z.array(z.unknown()).check(z.maxLength(50)), fallback: [] },
  /** The tier that a rule of the policy asks for, by the rule's id, where it is not the default's. */
  ruleTiers: { schema: z.record(oneOf(ruleIds), riskTier), fallback: {} },
  /** The threshold of a rule that has one, 0 to 1, by the rule's id, where it is not the default's. */
  ruleThresholds: {
    schema: z.record(oneOf(thresholdIds), z.number().check(z.gte(0), z.lte(1))),
    fallback: {},
  },
  /** What stands at `syncEndpoint` (docs/endpoints.md). */
  endpointKind: { schema: endpointKind, fallback: 'collector' },
  syncEndpoint: { schema: endpoint, fallback: '' },
  syncToken: { schema: oneLine(500), fallback: '' },
  /** What of texts goes to the collector, redacted (docs/privacy.md). */
  contentLevel: { schema: contentLevel, fallback: 'ids' },
  /** Days that texts stay on this device after the work on them ended; entries of the record stay. */
  contentDays: { schema: contentDays, fallback: DEFAULT_CONTENT_DAYS },
  /** Whether Escalate hands draft, sources and note, not redacted, to the leads at the collector (docs/team.md). */
  shareCases: { schema: z.boolean(), fallback: true },
  /** Hours until an answer of the leads is due; 0 for never. */
  caseDueHours: { schema: caseDueHours, fallback: 8 },
  /** Self-declared and marked so wherever it is shown. */
  reviewerName: { schema: oneLine(80), fallback: '' },
  reviewerRole: { schema: z.enum(['reviewer', 'lead', 'admin']), fallback: 'reviewer' },
  /** Verbs on bare letters while the panel has focus. */
  bareKeys: { schema: z.boolean(), fallback: true },
  /** Panel text size in percent. */
  textSize: {
    schema: z.number().check(z.gte(90), z.lte(200), z.multipleOf(5)),
    fallback: 100,
  },
  theme: { schema: z.enum(['system', 'light', 'dark']), fallback: 'system' },
  locale: { schema: oneLine(20), fallback: 'en' },
  /** When the disclosure was accepted (milliseconds since 1970), 0 for never. Nothing is read before. */
  consentAt: { schema: z.number().check(z.gte(0)), fallback: 0 },
} as const;

export type SettingKey = keyof typeof catalog;
export type Settings = { [K in SettingKey]: z.infer<(typeof catalog)[K]['schema']> };

/** Keys that an exported settings file leaves out: secrets and what belongs to one person's browser. */
export const PRIVATE_KEYS: readonly SettingKey[] = ['syncToken', 'consentAt'];

/** A value that could not be used: the key as given and a code with a sentence in the catalog. */
export interface SettingProblem {
  key: string;
  code: 'unknown-key' | 'bad-value';
  /** `path` of the wrong part in the value, '' for the whole; that part `given` as JSON, '' for a secret. */
  params: { path: string; given: string };
}

/** Keys that are one person's own word: neither a file nor an organization sets them. */
export const PERSONAL_KEYS = ['consentAt'] as const satisfies readonly SettingKey[];

/** True for a key of the catalog. */
export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(catalog, key);

/** Keys whose values are repeated nowhere. */
export const SECRET_KEYS: readonly SettingKey[] = ['syncToken'];

/** Most characters of a wrong value that are repeated. */
const MAX_GIVEN = 80;

function badValue(key: SettingKey, value: unknown, error: z.core.$ZodError): SettingProblem {
  const path = error.issues[0]?.path ?? [];
  let part = value;
  for (const step of path) part = Reflect.get(Object(part), step);
  const json = JSON.stringify(part) ?? '';
  const given = json.length > MAX_GIVEN ? `${json.slice(0, MAX_GIVEN)}…` : json;
  return {
    key,
    code: 'bad-value',
    params: { path: path.map(String).join('.'), given: SECRET_KEYS.includes(key) ? '' : given },
  };
}

/** The defaults. */
export function defaultSettings(): Settings {
  return Object.fromEntries(
    Object.entries(catalog).map(([key, entry]) => [key, structuredClone(entry.fallback)]),
  ) as Settings;
}

/**
 * Checks flat values one by one: good ones are returned, each bad one is named. A wrong value never
 * takes a good one down with it.
 */
export function checkSettings(values: Record<string, unknown>): {
  good: Partial<Settings>;
  problems: SettingProblem[];
} {
  const good: Record<string, unknown> = {};
  const problems: SettingProblem[] = [];
  for (const [key, value] of Object.entries(values)) {
    if (!isSettingKey(key)) {
      problems.push({ key, code: 'unknown-key', params: { path: '', given: '' } });
      continue;
    }
    const parsed = catalog[key].schema.safeParse(value);
    if (parsed.success) good[key] = parsed.data;
    else problems.push(badValue(key, value, parsed.error));
  }
  return { good: good as Partial<Settings>, problems };
}
