import * as z from 'zod/mini';
import { keyIdField, timeField } from './fields.ts';
import type { CollectorKey, VerifySignature } from './receipt.ts';
import { policySettings } from './settings.ts';
import { verifyStatement } from './signed-json.ts';
import { idField } from './team.ts';

const versionField = z.int().check(z.gte(1));

const fields = {
  /** Says what is signed, so that the signature serves nothing else. */
  format: z.literal('countersign-policy'),
  v: z.literal(1),
  org: z.string(),
  /** Rises by at least one; a device refuses any that is not above the one that it holds. */
  version: versionField,
  notBefore: timeField,
  /** From then on the strictest holds. */
  notAfter: timeField,
  /** Which key signed. */
  key: keyIdField,
};

/**
 * A policy as it travels. A reader keeps keys of `settings` that it does not know: they are signed too,
 * and what they ask for is checked by the settings catalog.
 */
export const signedPolicy = z.strictObject({
  ...fields,
  settings: z.record(z.string(), z.json()),
  signature: z.string(),
});
export type SignedPolicy = z.infer<typeof signedPolicy>;

/** What an administrator asks to be put in force. */
export const policyRequest = z
  .object({
    version: versionField,
    notBefore: timeField,
    notAfter: timeField,
    settings: policySettings,
  })
  .check(z.refine(({ notBefore, notAfter }) => notBefore < notAfter));

/** Versions, newest first. */
export const policiesReply = z.object({
  policies: z.array(z.object({ policy: signedPolicy, member: idField, createdAt: timeField })),
  /** Ask the next page with `before` this version; null after the last. */
  next: z.nullable(z.int()),
});

/** Why a policy is not taken; '' when it is. An expired one is taken: the strictest is then in force. */
export type PolicyProblem = 'not-a-policy' | 'other-org' | 'bad-signature' | 'older';

/**
 * Checks a policy that a collector gave, against its pinned key, the organisation and the version that is
 * held (0 for none).
 */
export async function readPolicy(
  json: unknown,
  held: { org: string; version: number; key: CollectorKey },
  verify: VerifySignature,
): Promise<{ ok: true; policy: SignedPolicy } | { ok: false; problem: PolicyProblem }> {
  const parsed = signedPolicy.safeParse(json);
  if (!parsed.success) return { ok: false, problem: 'not-a-policy' };
  const policy = parsed.data;
  if (policy.org !== held.org) return { ok: false, problem: 'other-org' };
  if (!(await verifyStatement(policy, held.key, verify)))
    return { ok: false, problem: 'bad-signature' };
  if (policy.version <= held.version) return { ok: false, problem: 'older' };
  return { ok: true, policy };
}
