import * as z from 'zod/mini';
import { contentDays, contentLevel } from '../domain/content-level.ts';
import { mode } from '../domain/gate.ts';
import { caseDueHours } from '../domain/item-case.ts';
import { riskTier } from '../domain/risk-tier.ts';

/** Longest entry of `sites`. */
const MAX_SITE = 300;
/** Of the device's own rules: which there are, it knows itself. */
const ruleId = z.string().check(z.minLength(1), z.maxLength(100));
const site = z.string().check(z.minLength(1), z.maxLength(MAX_SITE));

/**
 * The settings that a signed policy may carry, by the flat keys of the settings catalog. What is not
 * here stays with the person or with Chrome's managed settings: site descriptions never come from a
 * collector, nor do endpoint, token, name, role, consent, or how the panel looks.
 */
export const policySettings = z.strictObject({
  mode: z.optional(mode),
  sites: z.optional(z.array(site).check(z.maxLength(200))),
  siteModes: z.optional(z.record(site, mode)),
  contentLevel: z.optional(contentLevel),
  contentDays: z.optional(contentDays),
  ruleTiers: z.optional(z.record(ruleId, riskTier)),
  ruleThresholds: z.optional(z.record(ruleId, z.number().check(z.gte(0), z.lte(1)))),
  shareCases: z.optional(z.boolean()),
  caseDueHours: z.optional(caseDueHours),
});
