import * as z from 'zod/mini';

/** What the policy asks for, least first. */
export const riskTier = z.enum(['low', 'medium', 'high', 'locked']);
export type RiskTier = z.infer<typeof riskTier>;
