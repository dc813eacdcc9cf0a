import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../lib/assess/assess.ts';
import { DEFAULT_POLICY } from '../../lib/domain/default-policy.ts';
import { money, reply, sourcesOf, ticket, type Ticket } from './ticket.ts';

const check = (draft: string, sources = [] as ReturnType<typeof sourcesOf>) =>
  assess({ draft, output: null, matchShare: 0, sources, policy: DEFAULT_POLICY });

/** One change of a value, and what the assessment must then name. */
const CHANGES: readonly {
  name: keyof Ticket;
  change: (t: Ticket) => Ticket;
  kind: string;
  truth: (t: Ticket) => string;
}[] = [
  {
    name: 'refund',
    change: (t) => ({ ...t, refund: t.refund + t.total + 1 }),
    kind: 'amount',
    truth: (t) => `EUR ${money(t.refund).replaceAll(',', '')}`,
  },
  {
    name: 'total',
    change: (t) => ({ ...t, total: t.refund + t.total + 1 }),
    kind: 'amount',
    truth: (t) => `EUR ${money(t.total).replaceAll(',', '')}`,
  },
  {
    name: 'order',
    change: (t) => ({ ...t, order: t.order + 1 }),
    kind: 'id',
    truth: (t) => String(t.order),
  },
  {
    name: 'delivered',
    change: (t) => ({ ...t, delivered: `${Number(t.delivered.slice(0, 4)) + 50}-05-29` }),
    kind: 'date',
    truth: (t) => t.delivered,
  },
  {
    name: 'placed',
    change: (t) => ({ ...t, placed: `${Number(t.placed.slice(0, 4)) + 50}-05-29` }),
    kind: 'date',
    truth: (t) => t.placed,
  },
  {
    name: 'days',
    change: (t) => ({ ...t, days: t.days + 100 }),
    kind: 'number',
    truth: (t) => `${t.days} day`,
  },
  {
    name: 'page',
    change: (t) => ({ ...t, page: `${t.page}-x` }),
    kind: 'link',
    truth: (t) => `acme.example/${t.page}`,
  },
];

describe('a reply with the values of its ticket', () => {
  it('is supported in every fact, also when the values are drawn at random', () => {
    fc.assert(
      fc.property(ticket, (t) => {
        const { facts, statements, tier } = check(reply(t), sourcesOf(t));
        expect(facts.map(({ text, status }) => [text, status])).toEqual(
          facts.map(({ text }) => [text, 'supported']),
        );
        expect(facts).toHaveLength(7);
        expect(statements.filter(({ status }) => status === 'nothing-to-check')).toHaveLength(3);
        expect(tier).toBe('low');
      }),
    );
  });

  it.each(CHANGES)('is contradicted in exactly the one wrong value: $name', (wrong) => {
    fc.assert(
      fc.property(ticket, (t) => {
        const sources = sourcesOf(t);
        const draft = reply(wrong.change(t));
        const { facts, statements, gate, tier } = check(draft, sources);
        const flagged = facts.filter(({ status }) => status !== 'supported');
        expect(flagged).toHaveLength(1);
        const [fact] = flagged;
        expect(fact).toMatchObject({
          kind: wrong.kind,
          status: 'contradicted',
          nearest: { value: wrong.truth(t) },
        });
        if (fact === undefined || fact.nearest === null) throw new Error('no flagged fact');
        const { sourceId, start, end, quote } = fact.nearest.span;
        expect(sources.find(({ id }) => id === sourceId)?.text.slice(start, end)).toBe(quote);
        expect(draft.slice(fact.start, fact.end)).toBe(fact.text);
        const statement = statements.find(({ facts: own }) => own.includes(facts.indexOf(fact)));
        expect(statement?.status).toBe('contradicted');
        expect(tier).toBe('high');
        expect(gate).toContainEqual({
          ruleId: 'fact-contradicted',
          policyVersion: DEFAULT_POLICY.version,
          owner: DEFAULT_POLICY.owner,
          tier: 'high',
          says: expect.stringContaining('differs'),
          statement: statement?.index,
        });
      }),
    );
  });

  it('has values that are in no source when nothing there speaks of the same', () => {
    fc.assert(
      fc.property(ticket, (t) => {
        const sources = sourcesOf(t).filter(({ id }) => id === 'thread');
        const { facts, tier } = check(reply(t), sources);
        expect(new Set(facts.map(({ status }) => status))).toEqual(new Set(['unsupported']));
        expect(facts.every(({ nearest }) => nearest === null)).toBe(true);
        expect(tier).toBe('high');
      }),
    );
  });

  it('cannot be checked without sources', () => {
    fc.assert(
      fc.property(ticket, (t) => {
        const { facts, tier, sourceCount, gate } = check(reply(t));
        expect(new Set(facts.map(({ status }) => status))).toEqual(new Set(['cannot-check']));
        expect({ tier, sourceCount }).toEqual({ tier: 'medium', sourceCount: 0 });
        expect(gate.map(({ ruleId }) => ruleId)).toEqual(['no-sources']);
      }),
    );
  });

  it('is the same assessment each time', () => {
    fc.assert(
      fc.property(ticket, (t) => {
        expect(check(reply(t), sourcesOf(t))).toEqual(check(reply(t), sourcesOf(t)));
      }),
      { numRuns: 20 },
    );
  });
});
