import { useCallback, useState } from 'react';
import type { ReplyOf, ToWorker } from '../messaging/contracts.ts';
import { MessagingError } from '../messaging/errors.ts';
import type { Settings } from '../settings/catalog.ts';
import { useServices } from './services.ts';

/** A value that the worker did not take, as it said so. */
export type SaveProblem = ReplyOf<ToWorker['settings.apply']>['problems'][number];

/** How the last saving went. */
export type Saved =
  | { state: 'idle' }
  | { state: 'saving' }
  | { state: 'saved' }
  | { state: 'refused'; problems: readonly SaveProblem[] }
  | { state: 'failed'; code: MessagingError['code'] };

/**
 * Saves settings through the worker, the only writer; good values apply, each wrong one is named. `save`
 * gives how it went, too.
 */
export function useSave() {
  const { call } = useServices();
  const [saved, setSaved] = useState<Saved>({ state: 'idle' });
  const apply = useCallback(
    async (values: Partial<Settings>, how: 'form' | 'import'): Promise<Saved> => {
      try {
        const { problems } = await call('settings.apply', { values, how });
        return problems.length === 0 ? { state: 'saved' } : { state: 'refused', problems };
      } catch (error) {
        if (!(error instanceof MessagingError)) throw error;
        return { state: 'failed', code: error.code };
      }
    },
    [call],
  );
  const save = useCallback(
    async (values: Partial<Settings>, how: 'form' | 'import' = 'form'): Promise<Saved> => {
      setSaved({ state: 'saving' });
      const outcome = await apply(values, how);
      setSaved(outcome);
      return outcome;
    },
    [apply],
  );
  return { saved, save };
}
