import type { Source } from './assessment.ts';
import type { ReviewItem } from './item.ts';
import type { Output } from './output.ts';

/** A whole answer seen on the wire, of which no more than its text is known. */
export function testOutput(over: Partial<Output> = {}): Output {
  return {
    id: 'output-1',
    at: 0,
    text: 'Your parcel left on 3 November.',
    evidence: ['network'],
    finish: 'complete',
    finishDetail: null,
    protocol: 'openai-chat',
    model: null,
    usage: null,
    latency: { firstByteMs: null, totalMs: null },
    citations: [],
    tokens: null,
    declaredConfidence: null,
    truncated: false,
    ...over,
  };
}

/** A source that is open to customers. */
export function testSource(id: string, text: string, over: Partial<Source> = {}): Source {
  return {
    id,
    kind: 'source',
    title: '',
    url: null,
    text,
    internal: false,
    author: 'unknown',
    ...over,
  };
}

/** An open item; the text is invented. */
export function testItem(over: Partial<ReviewItem> = {}): ReviewItem {
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
    boundHash: 'h',
    sendKind: 'reply',
    range: { firstBlock: 0, lastBlock: 0 },
    draft: text,
    place: { tabId: 1, frameId: 0, documentId: 'd', composerId: 'composer-1' },
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
