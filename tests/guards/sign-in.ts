import type { Guard } from './guard.ts';

/** Guards of this part; `scripts/guards.ts` takes each away. */
export const signIn: readonly Guard[] = [
  {
    name: 'issuer',
    file: 'server/oidc/verify-token.ts',
    guard: '        issuer,\n        audience,\n        algorithms',
    without: '        audience,\n        algorithms',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'audience',
    file: 'server/oidc/verify-token.ts',
    guard: '        issuer,\n        audience,\n        algorithms',
    without: '        issuer,\n        algorithms',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'required exp',
    file: 'server/oidc/verify-token.ts',
    guard: "requiredClaims: ['exp', 'iat', 'sub']",
    without: 'requiredClaims: []',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'iat future',
    file: 'server/oidc/verify-token.ts',
    guard: ' || iat > now / 1000 + TOLERANCE_S',
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'azp/aud',
    file: 'server/oidc/verify-token.ts',
    guard: '&& isOurs &&',
    without: '&&',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'typ',
    file: 'server/oidc/verify-token.ts',
    guard: "kind === 'jwt' &&",
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'events',
    file: 'server/oidc/verify-token.ts',
    guard: " && payload['events'] === undefined",
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'email verified',
    file: 'server/oidc/verify-token.ts',
    guard: "payload['email_verified'] === true ? text(payload['email']) : ''",
    without: "text(payload['email'])",
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'metadata issuer (collector)',
    file: 'server/oidc/provider-keys.ts',
    guard: ' || read.data.issuer !== issuer',
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'unavailable not 401',
    file: 'server/oidc/verify-token.ts',
    guard: 'if (isUnavailable(error)) throw new ProviderUnavailable();',
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'inactive',
    file: 'server/oidc/signed-in.ts',
    guard: "  if (!member.active) throw new Refusal('inactive');\n",
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'inactive joins anew',
    file: 'server/oidc/link-member.ts',
    guard: "  if (only?.active === false) throw new Refusal('inactive');\n",
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'one address two members',
    file: 'server/oidc/link-member.ts',
    guard: "  if (others.length > 0) throw new Refusal('not-a-member');\n",
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'other subject',
    file: 'server/oidc/link-member.ts',
    guard: "  if (isAnother !== undefined) throw new Refusal('not-a-member');\n",
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'no email',
    file: 'server/oidc/link-member.ts',
    guard: "  if (email === '') throw new Refusal('email-unverified');\n",
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'join domain',
    file: 'server/oidc/link-member.ts',
    guard: '!domains.includes(domain)',
    without: '!domains.some((one) => domain.endsWith(one))',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'last admin by claim',
    file: 'server/oidc/take-role.ts',
    guard: '      await keepAnAdmin(tx, org);\n',
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'unlink on address',
    file: 'server/routes/members.ts',
    guard: 'isSame ? [] : await unlink(tx, org, id)',
    without: '[]',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'endpoint change',
    file: 'lib/background/sign-in.ts',
    guard: "    await leave('endpoint');\n    return { session: null, note: null };\n",
    without: '    return { session, note };\n',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'same person silently',
    file: 'lib/background/sign-in.ts',
    guard: '    if (whoOf(place.issuer, tokens.subject) !== who) return null;\n',
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'no static fallback',
    file: 'lib/background/sign-in.ts',
    guard: "token: bearer ?? '' };",
    without: 'token: bearer ?? target.token };',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'single flight',
    file: 'lib/background/sign-in.ts',
    guard:
      '      if (session !== null && session.tokens.bearer !== used && isGood(session))\n        return session.tokens.bearer;\n',
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'me before keeping',
    file: 'lib/background/sign-in.ts',
    guard: '      if (!me.ok) {',
    without: '      if (!me.ok && me.refused === null) {',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'silent back-off',
    file: 'lib/background/sign-in.ts',
    guard: '    if (deps.now() < (await store.triedAt()) + SILENT_AGAIN_MS) return null;\n',
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'refresh subject',
    file: 'lib/sync/oidc.ts',
    guard: "    if (tokens.subject !== old.subject) throw new SignInFailed('somebody-else');\n",
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'redirect address',
    file: 'lib/sync/oidc.ts',
    guard:
      "    if (`${back.origin}${back.pathname}` !== redirectUri) throw new SignInFailed('provider');\n",
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'state',
    file: 'lib/sync/oidc.ts',
    guard: 'validateAuthResponse(as, client, back, state)',
    without: 'validateAuthResponse(as, client, back, oauth.skipStateCheck)',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'nonce',
    file: 'lib/sync/oidc.ts',
    guard: '      expectedNonce: nonce,\n',
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'authorization endpoint',
    file: 'lib/sync/oidc.ts',
    guard:
      "    if (!isSafeAddress(as.authorization_endpoint ?? '')) throw new SignInFailed('provider');\n",
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'redirects',
    file: 'lib/sync/oidc.ts',
    guard: "      redirect: 'manual',\n",
    without: '',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
  {
    name: 'renew on refusal',
    file: 'lib/background/ask-as-member.ts',
    guard: 'if (!isRefused(told)) return told;',
    without: 'return told;',
    tests: [
      'tests/collector/oidc.test.ts',
      'tests/collector/oidc-hostile.test.ts',
      'tests/collector/oidc-device.test.ts',
    ],
  },
];
