import { strong, type Mention } from './mention.ts';

const TIME =
  /(?=\d)(?<![\d.,:/-]|[\p{L}](?<!T))(?:(?<hour>[01]?\d|2[0-4])(?:(?<mark>[:.h])(?<minute>[0-5]\d)(?::[0-5]\d(?:\.\d{1,6})?)?)?)(?<half>[ \u00a0]?(?:a\.m\.|p\.m\.|[ap]m(?!\p{L}))| ?[Uu]hr(?!\p{L})| o'clock)?(?![\d%])(?!:\d)(?![.,]\d)/gu;

/** Times of day: `14:30`, `2.30 pm`, `3pm`, `15 Uhr`, `14h30`. Time zones are not compared. */
export function recogniseTimes(text: string): Mention[] {
  return [...text.matchAll(TIME)].flatMap((match) => {
    const { hour = '', mark, minute = '00', half = '' } = match.groups ?? {};
    const marker = half.trim().toLowerCase();
    if (marker === '' && mark !== ':' && mark !== 'h') return [];
    const written = Number(hour);
    const morning = marker.startsWith('a');
    const afternoon = marker.startsWith('p');
    if ((morning || afternoon) && (written < 1 || written > 12)) return [];
    const hours = morning
      ? [written % 12]
      : afternoon
        ? [(written % 12) + 12]
        : marker === '' && written >= 1 && written < 12 && !hour.startsWith('0')
          ? [written, written + 12]
          : marker === "o'clock"
            ? [written, written + 12]
            : [written % 24];
    const values = hours.map((h) => `${String(h).padStart(2, '0')}:${minute}`);
    const keys = values.map((value) => `time:${value}`);
    return [
      {
        kind: 'date' as const,
        start: match.index,
        end: match.index + match[0].trimEnd().length,
        value: values[0] ?? '',
        family: 'time',
        offers: keys,
        asks: keys.map(strong),
      },
    ];
  });
}
