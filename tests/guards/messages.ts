import type { Guard } from './guard.ts';

/** Guards of this part; `scripts/guards.ts` takes each away. */
export const messages: readonly Guard[] = [
  {
    name: 'a content script makes no privileged call',
    file: 'lib/messaging/answer.ts',
    guard:
      'if (contract.from !== sender.caller) return refuse(`not for a ${sender.caller} sender`);',
    without: '',
    tests: ['lib/messaging/answer.test.ts'],
  },
  {
    name: 'a request is in its shape',
    file: 'lib/messaging/answer.ts',
    guard:
      'if (!request.success) return refuse(`request is not in shape: ${request.error.message}`);',
    without:
      "if (!request.success) return refuse('') && handler(envelope.data.request as never, sender).then((reply): ReplyEnvelope => ({ ok: true, reply }));",
    tests: ['lib/messaging/answer.test.ts'],
  },
  {
    name: 'a flood is refused',
    file: 'lib/messaging/answer.ts',
    guard: "if (!options.admit(sender)) return refuse('too many calls');",
    without: '',
    tests: ['lib/messaging/answer.test.ts'],
  },
  {
    name: 'a call is one of the table',
    file: 'lib/messaging/answer.ts',
    guard: 'return Object.hasOwn(table, name) ? table[name] : undefined;',
    without: 'return table[name];',
    tests: ['lib/messaging/answer.test.ts'],
  },
];
