import { isStopWord } from './words.ts';

const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?|moin|bonjour|bonsoir|cher|chère|hola|buenos días|estimad[oa]|ciao|gentile|beste|geachte)(?![\p{L}])/iu;
/** Up to four words of a name, with capitals or from this list, then a comma, mark or the end. */
const NAME =
  /^(?:[ \u00a0,]{1,2}(?:\p{Lu}[\p{L}\p{M}.'-]{0,30}|there|again|all|both|everyone|everybody|team|folks|and|valued|customers?|sir|madam|or|to|you|frau|herr)(?![\p{L}])){0,4}[ \u00a0]?(?:[,!:–-]+|$)/u;
const CLOSING =
  /^(?:(?:kind|best|warm|warmest|many|with (?:kind|best|warm))? ?(?:regards|wishes)|regards|best|sincerely|yours (?:sincerely|faithfully|truly)|sincerely yours|respectfully|cheers|all the best|take care|thanks|thank you|many thanks|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|(?:viele|beste|liebe|freundliche) gr(?:ü|ue)(?:ß|ss)e|mfg|cordialement|bien à vous|saludos(?: cordiales)?|un saludo|atentamente|cordiali saluti|met vriendelijke groet)(?![\p{L}])/iu;
/** What may follow a closing: a name with capitals. */
const CLOSING_NAME = /^(?:[ ,]*\p{Lu}[\p{L}.'-]{0,30}){0,3}[ ,.!–-]*$/u;
const MARKER =
  /^(?:(?:and|so|we(?:'re| are)|i(?:'m| am)|i|we|once again|again|many|please|as always)[ ,]+){0,3}(?:thanks?|thank you|sorry|apologi[sz]e|apologies|our apologies|let (?:me|us) know|feel free|do not hesitate|don't hesitate|hesitate|happy|glad|here|hope|have a|looking forward|look forward|understand|appreciate|welcome|sincerely|danke|vielen dank|merci|gracias|grazie)(?![\p{L}])/iu;
const COURTESY_WORDS = new Set(
  'thank thanks sorry apologise apologize apologies apology inconvenience trouble delay frustration confusion caused reaching reach contacting contact writing write wrote getting touch message email e-mail mail letter call patience patient understanding understand know let feel free hesitate happy glad help helping assist assistance hear hearing hope hoping great good lovely nice wonderful rest day week weekend evening looking look forward appreciate appreciated question questions concern concerns anything need needs want else further other time choosing choose customer business support team feedback loyalty reply replying welcome again once always sincerely kindly here best wishes regards soon loyal valued continued kind words bearing being truly really deeply much lot experience situation frustrating disappointing'.split(
    ' ',
  ),
);

/** Length of the greeting with which a sentence starts, 0 when it starts with none. */
export function greetingLength(text: string): number {
  const greeting = GREETING.exec(text)?.[0].length ?? 0;
  const name = greeting === 0 ? null : NAME.exec(text.slice(greeting, greeting + 200));
  return name === null ? 0 : greeting + name[0].length;
}

/** True for a closing line, after which only a name follows. */
export function isClosing(text: string): boolean {
  if (text.length > 80) return false;
  const closing = CLOSING.exec(text);
  return closing !== null && CLOSING_NAME.test(text.slice(closing[0].length));
}

/**
 * True for what states nothing that could be wrong: greetings, closings, thanks, apologies, offers
 * of help, questions, marks without words. A sentence with any other content word is a statement.
 */
export function isCourtesy(text: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(text)) return true;
  if (text.length > 300) return false;
  if (/[?？]["'”)]*$/u.test(text) || isClosing(text)) return true;
  if (text !== '' && greetingLength(text) === text.length) return true;
  if (!MARKER.test(text)) return false;
  const words = text.toLowerCase().match(/\p{L}[\p{L}'’-]*/gu) ?? [];
  return words.every((word) => {
    const plain = word.replace(/['’](?:s|re|ve|ll|d|m|t)$/u, '');
    return isStopWord(plain) || COURTESY_WORDS.has(plain);
  });
}
