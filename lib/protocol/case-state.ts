import * as z from 'zod/mini';
const caseStage = z.enum(['open', 'resolved', 'taken-back']);
export type CaseStage = z.infer<typeof caseStage>;
