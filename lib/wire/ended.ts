import type { FinishState } from '../domain/output.ts';
import type { BodyEnd } from './decoder.ts';

const ENDINGS = {
  cancel: { finish: 'aborted', finishDetail: 'stopped-by-page' },
  error: { finish: 'aborted', finishDetail: 'line-broken' },
  limit: { finish: 'unknown', finishDetail: 'too-long' },
  end: { finish: 'unknown', finishDetail: 'no-finish-reason' },
} as const satisfies Record<BodyEnd, { finish: FinishState; finishDetail: string }>;

/** How an output stands whose body ended before the wire said how the output ended. */
export function unfinished(how: BodyEnd): { finish: FinishState; finishDetail: string } {
  return ENDINGS[how];
}
