interface Unit {
  name: string;
  /** Seconds for clock units, months for calendar units, 0 for others. */
  factor: number;
  base: 'seconds' | 'months' | 'none';
}

const CLOCK: readonly (readonly [string, string, number, Unit['base']])[] = [
  ['second', 'seconds?|secs?|sekunden?', 1, 'seconds'],
  ['minute', 'minutes?|mins?|minuten?', 60, 'seconds'],
  ['hour', 'hours?|hrs?|stunden?|heures?|horas?', 3600, 'seconds'],
  ['day', 'days?|tagen?|tag|jours?|d[ií]as?', 86_400, 'seconds'],
  ['night', 'nights?', 0, 'none'],
  ['week', 'weeks?|wks?|wochen?|semaines?|semanas?', 604_800, 'seconds'],
  ['month', 'months?|monaten?|monat|mois|mes(?:es)?', 1, 'months'],
  ['year', 'years?|yrs?|jahren?|jahr|ans?|años?', 12, 'months'],
];
const MEASURES =
  'kg|g|mg|lbs?|oz|km|m|cm|mm|ft|inch(?:es)?|l|ml|gb|mb|kb|tb|gib|mib|mbps|gbps|hz|ghz|mhz|w|kw|kwh|wh|v|mah|°c|°f|px|dpi';

/** Units of time in English, German, French and Spanish (use with the `i` flag). */
export const TIME_UNIT_PATTERN = CLOCK.map(([, pattern]) => pattern).join('|');
/** Units of measure that follow a number, also without a space. */
export const MEASURE_PATTERN = MEASURES;
/** Things that are counted in support replies; number words count only before these and units. */
export const COUNTABLE_PATTERN =
  'items?|parcels?|packages?|orders?|units?|seats?|licen[cs]es?|users?|tickets?|guests?|rooms?|people|persons?|boxes|box|pairs?|copies|copy|devices?|pieces?|accounts?|invoices?|payments?|instal(?:l)?ments?|attempts?|emails?|products?|bottles?|cards?|vouchers?|points?|credits?|miles?|working days?';

const UNITS: readonly (readonly [RegExp, Unit])[] = CLOCK.map(
  ([name, pattern, factor, base]) =>
    [new RegExp(`^(?:${pattern})$`, 'iu'), { name, factor, base }] as const,
);

/** A number with its unit as one comparable key: `2 weeks` and `14 days` are the same. */
export function unitKey(
  value: string,
  qualifier: string,
  unit: string,
): {
  key: string;
  shown: string;
  family: string;
} {
  const known = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
  const amount = Number(value);
  if (known !== undefined && /^(?:business|working|work|werk|arbeits)/i.test(qualifier)) {
    const shown = `${value} business ${known.name}`;
    return { key: `working:${shown}`, shown, family: 'duration' };
  }
  if (known?.base === 'seconds' || known?.base === 'months') {
    const key = `${known.base}:${Math.round(amount * known.factor * 1e6) / 1e6}`;
    return { key, shown: `${value} ${known.name}`, family: 'duration' };
  }
  const name = known?.name ?? singular(unit.toLowerCase());
  return { key: `count:${value}:${name}`, shown: `${value} ${name}`, family: `count:${name}` };
}

function singular(noun: string): string {
  if (/(?:ss|us|is)$/.test(noun) || noun.length < 4) return noun.replace(/^lbs$/, 'lb');
  if (noun.endsWith('ies')) return `${noun.slice(0, -3)}y`;
  if (/(?:x|ch|sh)es$/.test(noun)) return noun.slice(0, -2);
  return noun
    .replace(/s$/, '')
    .replace(/^people$/, 'person')
    .replace('license', 'licence');
}
