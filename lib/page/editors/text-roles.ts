import type { ComposerBlock } from '../../domain/composer.ts';

type Role = ComposerBlock['role'];

/** RFC 3676 §4.3: "-- " alone on a line; editors and typing drop the space. */
const DELIMITER = /^--\s?$/u;

/** Above these a text after the delimiter is no signature but writing that should be looked at. */
const SIGNATURE_LINES = 12;
const SIGNATURE_WIDTH = 120;

const QUOTED = /^\s*>/u;

/** "On 3 Nov 2026, Ada wrote:" as mail programs put it; a digit must stand in it. */
const ATTRIBUTION =
  /^(?=.*\d).{0,300}\b(?:wrote|writes|schrieb(?:en)?(?:\s.{1,200})?|a écrit|escribió|ha scritto|escreveu|schreef(?:\s.{1,200})?|skrev(?:\s.{1,200})?|napisał\(?a?\)?|написал\(?а?\)?)\s*:$/iu;

/** Everything below such a line is an older message. */
const OLDER_MESSAGE =
  /^[-_\s]*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht)[-_\s]*$/iu;

/** Outlook's header block: From, then soon Sent or Date, To, Subject. */
const HEADER_FROM = /^(?:from|von|de|da|van)\s*:\s*\S/iu;
const HEADER_NEXT =
  /^(?:sent|date|to|gesendet|datum|an|envoyé|date|à|enviado|para|inviato|a|verzonden|aan)\s*:\s*\S/iu;

function startsOlderMessage(texts: readonly string[], index: number): boolean {
  const text = texts[index] ?? '';
  if (OLDER_MESSAGE.test(text)) return true;
  return (
    HEADER_FROM.test(text) &&
    [1, 2].every((step) => HEADER_NEXT.test((texts[index + step] ?? '').trim()))
  );
}

/**
 * Gives every line its role by the general rules for plain text, where no element said it before:
 * lines that begin with ">", the line of attribution above them, everything below "Original
 * Message" or a mail header, and what follows the signature delimiter. In doubt a line is body:
 * a quote taken for body is looked at once too often, a draft taken for a quote never.
 */
export function textRoles(lines: readonly ComposerBlock[]): Role[] {
  const texts = lines.map((line) => line.text.trim());
  const roles = lines.map((line) => line.role);
  let older = false;
  let signature = 0;
  for (const [index, line] of lines.entries()) {
    const text = texts[index] ?? '';
    older ||= startsOlderMessage(texts, index);
    if (line.role !== 'body') {
      signature = 0;
    } else if (older || QUOTED.test(text) || ATTRIBUTION.test(text)) {
      roles[index] = 'quote';
      signature = 0;
    } else if (DELIMITER.test(text)) {
      roles[index] = 'signature';
      signature = SIGNATURE_LINES;
    } else if (signature > 0) {
      if (text.length > SIGNATURE_WIDTH) signature = 0;
      else roles[index] = 'signature';
      if (text !== '') signature -= 1;
    }
  }
  return roles;
}
