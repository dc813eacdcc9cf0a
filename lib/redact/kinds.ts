/**
 * What the redactor can find. The kind is the label of the placeholder (`[card 1]`), so a kind is
 * lower-case ASCII words joined by hyphens. Names of people are not among them and are not claimed.
 */
export const REDACTION_KINDS = [
  'email',
  'phone',
  'ip',
  'mac',
  'card',
  'iban',
  'bank-routing',
  'crypto-address',
  'birth-date',
  'passport',
  'us-ssn',
  'us-itin',
  'us-npi',
  'us-mbi',
  'uk-nhs',
  'uk-nino',
  'de-tax-id',
  'fr-nir',
  'es-nif',
  'it-fiscal-code',
  'nl-bsn',
  'be-nrn',
  'pl-pesel',
  'se-personnummer',
  'dk-cpr',
  'no-fnr',
  'fi-hetu',
  'in-aadhaar',
  'ca-sin',
  'au-tfn',
  'br-cpf',
  'private-key',
  'jwt',
  'api-key',
  'password',
  'url-secret',
] as const;

/** One of the things the redactor can find. */
export type RedactionKind = (typeof REDACTION_KINDS)[number];

/** The longest kind, in characters: with it a bound on how much a text can grow is known. */
export const LONGEST_KIND = Math.max(...REDACTION_KINDS.map((kind) => kind.length));
