import { describe, expect, it } from 'vitest';
import { assess } from '../../lib/assess/assess.ts';
import type { Source } from '../../lib/domain/assessment.ts';
import { DEFAULT_POLICY } from '../../lib/domain/default-policy.ts';
import type { Output } from '../../lib/domain/output.ts';
import { logprobOf, tokensOf } from '../../scripts/lib/model-server/reply.ts';
import { supportDay } from './day.ts';
import { randomTicket } from './random-ticket.ts';
import type { Ticket } from './ticket.ts';

const source = (part: Partial<Source> & Pick<Source, 'id' | 'kind' | 'text'>): Source => ({
  title: '',
  url: null,
  internal: false,
  author: 'unknown',
  ...part,
});

/** The sources as the helpdesk's page shows them. */
const sourcesOf = (ticket: Ticket): Source[] => [
  ...ticket.articles.map(({ title, url, text, internal }, at) =>
    source({ id: `a${at}`, kind: 'source', title, url, text, internal }),
  ),
  source({
    id: 'record',
    kind: 'record',
    title: 'Order',
    text: Object.entries(ticket.record)
      .map(([label, value]) => `${label} ${value}`)
      .join('\n'),
  }),
  ...ticket.thread.map(({ from, text }, at) =>
    source({ id: `t${at}`, kind: 'thread', text, author: from }),
  ),
];

const outputOf = ({ draft }: Ticket): Output => ({
  id: 'o',
  text: draft.text,
  evidence: ['network'],
  finish: draft.finish === 'length' ? 'length' : 'complete',
  finishDetail: null,
  protocol: 'openai-chat',
  model: 'm',
  usage: null,
  latency: { firstByteMs: null, totalMs: null },
  citations: [],
  tokens: tokensOf(draft.text).map((token, at) => ({ token, logprob: logprobOf(draft, at) })),
  declaredConfidence: null,
  at: 0,
  truncated: false,
});

/** What a reviewer is shown of a draft. */
function shown(ticket: Ticket) {
  const sources = sourcesOf(ticket);
  const { tier, gate, facts, statements } = assess({
    draft: ticket.draft.text,
    output: outputOf(ticket),
    matchShare: 1,
    sources,
    policy: DEFAULT_POLICY,
  });
  const flagged = facts.filter(
    ({ status }) => status === 'contradicted' || status === 'unsupported',
  );
  const internal = new Set(sources.filter((one) => one.internal).map(({ id }) => id));
  return {
    tier,
    flags: flagged.map(({ status, text, nearest }) => ({
      status,
      fact: text,
      nearest: nearest?.span.quote ?? null,
    })),
    rules: [...new Set(gate.map(({ ruleId }) => ruleId))].sort(),
    internal:
      facts.some(({ nearest }) => nearest !== null && internal.has(nearest.span.sourceId)) ||
      statements.some(({ passage }) => passage !== null && internal.has(passage.sourceId)),
  };
}

const seeded = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
};

describe('the support day', () => {
  const day = supportDay(seeded(1));

  it('has 24 tickets and one that is drawn', () => {
    expect(new Set(day.map(({ id }) => id)).size).toBe(25);
    expect(day.filter(({ fault }) => fault === '').length).toBeGreaterThanOrEqual(10);
  });

  it.each(day.map((ticket) => [ticket.id, ticket.fault, ticket] as const))(
    '%s: %s',
    (_, __, ticket) => {
      expect(shown(ticket)).toEqual({
        ...ticket.expected,
        rules: ticket.expected.rules.toSorted(),
      });
    },
  );

  it('flags the drawn fault with the drawn true value, whatever is drawn', () => {
    const faults = new Set<string>();
    for (let seed = 1; seed <= 300; seed += 1) {
      const ticket = randomTicket('1', seeded(seed * 7919));
      faults.add(ticket.fault.split(' ')[3] ?? '');
      expect(shown(ticket), ticket.fault).toEqual(ticket.expected);
    }
    expect([...faults].sort()).toEqual(['amount', 'day', 'order']);
  });
});
