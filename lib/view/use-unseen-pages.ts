import { useEffect, useState } from 'react';
import type { UnseenPage } from '../messaging/unseen-pages.ts';
import { useServices } from './services.ts';
import { useLiveDocuments } from './use-live-documents.ts';

/** Open pages of which a part was not seen, because they were there before Countersign watched them. */
export function useUnseenPages(): readonly UnseenPage[] {
  const { host } = useServices();
  const [pages, setPages] = useState<readonly UnseenPage[]>([]);
  useEffect(() => host.watchUnseenPages(setPages), [host]);
  const live = useLiveDocuments(pages);
  return pages.filter(({ documentId }) => live?.has(documentId) === true);
}
