import type * as z from 'zod/mini';
import { askCollector, type Question, type Told } from '../sync/ask-collector.ts';
import type { Net } from '../sync/call-endpoint.ts';
import { failure } from '../sync/problems.ts';
import type { SignIn } from './sign-in.ts';

/** Asks the collector in force as who is signed in, or by the static token. */
export type AskAsMember = <Reply extends z.ZodMiniType>(
  question: Question<Reply>,
) => Promise<Told<z.infer<Reply>>>;

const isRefused = (told: Told<unknown>): boolean =>
  !told.ok &&
  (told.refused === 'unauthenticated' ||
    (told.refused === null && told.failure.code === 'unauthorized'));

/** Asks; a refused token is renewed once, and asked again. */
export function createAskAsMember(
  net: Net,
  { credential, renewed }: Pick<SignIn, 'credential' | 'renewed'>,
): AskAsMember {
  return async (question) => {
    const target = await credential();
    if (target.kind !== 'collector' || target.endpoint === '')
      return { ok: false, refused: null, failure: failure('no-collector') };
    const told = await askCollector(net, target, question);
    if (!isRefused(told)) return told;
    const again = await renewed(target.token);
    return again === null ? told : askCollector(net, again, question);
  };
}
