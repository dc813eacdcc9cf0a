import { useEffect } from 'react';
import { MessagingError } from '../messaging/errors.ts';
import { useServices } from './services.ts';

/** Who looks wants to see what the team did meanwhile: it is asked for now, not only after the next alarm. */
export function useHearing(): void {
  const { call } = useServices();
  useEffect(() => {
    call('team.look', {}).catch((error: unknown) => {
      // The alarm asks all the same.
      if (!(error instanceof MessagingError)) throw error;
    });
  }, [call]);
}
