import * as z from 'zod/mini';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import { riskTier, type RiskTier } from '../domain/risk-tier.ts';
import { signedPolicy } from '../protocol/policy.ts';
import { policySettings } from '../protocol/settings.ts';
import { PERSONAL_KEYS } from './catalog.ts';

/** A signed policy as this device holds it. */
export const heldPolicy = z.object({
  policy: signedPolicy,
  /** The collector that it came from; it holds only while that is the endpoint. */
  endpoint: z.string(),
  /**
   * The latest time that this device or its collector named, in milliseconds since 1970: a clock that is set
   * back brings no expired policy to life again.
   */
  seenAt: z.number(),
});
export type HeldPolicy = z.infer<typeof heldPolicy>;

/** What is said of the policy in force. `waiting`: its time has not come. */
export interface PolicyStanding {
  version: number;
  state: 'waiting' | 'holds' | 'expired';
  /** RFC 3339. */
  notAfter: string;
}

/** How a policy stands at a time, in milliseconds since 1970. */
export function standingOf({ policy, seenAt }: HeldPolicy, now: number): PolicyStanding {
  const at = Math.max(now, seenAt);
  const { version, notBefore, notAfter } = policy;
  const isOver = at >= Date.parse(notAfter);
  const state = isOver ? 'expired' : at < Date.parse(notBefore) ? 'waiting' : 'holds';
  return { version, state, notAfter };
}

/**
 * What holds once a policy has expired: Send is held everywhere, each rule that fires asks for at least a
 * high-risk review, and no text leaves. Nobody can win freedom by keeping a device from its collector.
 */
const STRICTEST: Readonly<Record<string, unknown>> = {
  mode: 'enforce',
  siteModes: {},
  contentLevel: 'ids',
};

/** No rule asks for less than `high`; what the policy asked more for stays so. */
function strictTiers(asked: unknown): Record<string, RiskTier> {
  const own = z.safeParse(z.record(z.string(), riskTier), asked).data ?? {};
  return Object.fromEntries(
    DEFAULT_POLICY.rules.flatMap(({ id, tier }): [string, RiskTier][] => {
      const wanted = own[id] ?? tier;
      return wanted === 'locked' ? [[id, wanted]] : tier === 'high' ? [] : [[id, 'high']];
    }),
  );
}

/** What a policy may set: a server that was taken over must not move the record or name the person. */
const allowed = ({ policy }: HeldPolicy): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(policy.settings).filter(
      ([key]) =>
        Object.hasOwn(policySettings.shape, key) ||
        PERSONAL_KEYS.some((personal) => personal === key),
    ),
  );

/** The settings that a policy asks for at a time, by the catalog's keys, unchecked. */
export function valuesOf(held: HeldPolicy, now: number): Record<string, unknown> {
  switch (standingOf(held, now).state) {
    case 'waiting':
      return {};
    case 'holds':
      return allowed(held);
    case 'expired':
      return { ...allowed(held), ...STRICTEST, ruleTiers: strictTiers(allowed(held)['ruleTiers']) };
  }
}
