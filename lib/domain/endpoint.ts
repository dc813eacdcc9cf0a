import * as z from 'zod/mini';

/**
 * Kinds of endpoint (docs/endpoints.md): our own collector, which signs receipts; a receiver of Standard
 * Webhooks; a receiver of OpenTelemetry's protocol. Only the first can make an entry "witnessed".
 */
export const endpointKind = z.enum(['collector', 'webhook', 'otlp']);
export type EndpointKind = z.infer<typeof endpointKind>;
