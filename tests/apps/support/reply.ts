import type { Page } from '@playwright/test';
import type { RequestTracker } from '../../../scripts/apps/request-tracker/start.ts';
import { openReply, type ReplyOptions } from './rt.ts';

/**
 * RT's reply form, once the extension has read the thread that it does not show: a person takes longer
 * to paste than RT takes to answer, a test does not.
 */
export const openReplyWithThread = async (
  page: Page,
  rt: RequestTracker,
  ticket: number,
  options: ReplyOptions = {},
): Promise<void> => {
  const thread = page.waitForResponse((response) =>
    response.url().endsWith(`/Helpers/TicketHistory?id=${ticket}`),
  );
  await openReply(page, rt, ticket, options);
  await (await thread).finished();
};
