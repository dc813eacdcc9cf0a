import type { ReviewItem } from '../domain/item.ts';

/** An open item with invented text. */
export function viewItem(over: Partial<ReviewItem> = {}): ReviewItem {
  const text = 'Your parcel left on 3 November.';
  return {
    id: 'item-1',
    kind: 'draft',
    siteId: 'desk',
    origin: 'https://desk.example',
    threadKey: '4821',
    subject: 'Where is my parcel?',
    pageUrl: 'https://desk.example/4821',
    state: 'pending',
    tier: 'low',
    traceId: '',
    outputId: 'output-1',
    matchShare: 1,
    version: 1,
    bound: { text, links: [], kind: 'reply', recipients: null, attachments: null },
    boundHash: 'h1',
    sendKind: 'reply',
    range: { firstBlock: 0, lastBlock: 0 },
    draft: text,
    place: { tabId: 1, frameId: 0, documentId: 'd', composerId: 'c' },
    decision: null,
    effect: 'none',
    effectDetail: '',
    delivery: 'not-sent',
    sent: null,
    ownText: false,
    lastSend: '',
    createdAt: 1,
    updatedAt: 1,
    ...over,
  };
}
