import { collector } from './collector.ts';
import { contents } from './contents.ts';
import type { Guard } from './guard.ts';
import { messages } from './messages.ts';
import { policy } from './policy.ts';
import { signIn } from './sign-in.ts';
import { sync } from './sync.ts';
import { team } from './team.ts';

/** Every guard that is known, by its part. */
export const GUARDS: Readonly<Record<string, readonly Guard[]>> = {
  sync,
  messages,
  policy,
  team,
  'sign-in': signIn,
  contents,
  collector,
};
