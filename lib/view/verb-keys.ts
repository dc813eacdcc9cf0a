import { REASON_CODES, verb, type ReasonCode, type Verb } from '../domain/decision.ts';

/** Keys of the verbs on the detail screen (ux.md, "Keys"). */
export const VERB_KEYS: Readonly<Record<Verb, string>> = {
  approve: 'A',
  edit: 'E',
  escalate: 'X',
  'send-back': 'B',
  reject: 'R',
  defer: 'D',
  abstain: 'N',
};

/** Every verb, in the order of the contract. */
export const VERBS: readonly Verb[] = verb.options;

/** The digit key of a reason by its place: 1 to 9, then 0. */
export function reasonKey(index: number): string {
  return String((index + 1) % 10);
}

/** The reason that a digit key stands for; null for any other key. */
export function reasonOfKey(key: string): ReasonCode | null {
  return REASON_CODES.find((_, index) => reasonKey(index) === key) ?? null;
}

/** The verb that a letter key stands for; null for any other key, Backspace and Delete among them. */
export function verbOfKey(key: string): Verb | null {
  return VERBS.find((each) => VERB_KEYS[each] === key.toUpperCase()) ?? null;
}
