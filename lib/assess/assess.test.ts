import { describe, expect, it } from 'vitest';
import type { Source } from '../domain/assessment.ts';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import { testSource } from '../domain/domain.test-support.ts';
import { assess, type AssessInput } from './assess.ts';

const source = (text: string, patch: Partial<Source> = {}) =>
  testSource('s1', text, { kind: 'record', title: 'Record', ...patch });
const run = (draft: string, sources: Source[], more: Partial<AssessInput> = {}) =>
  assess({ draft, output: null, matchShare: 0, sources, policy: DEFAULT_POLICY, ...more });
/** Status and nearest value of each fact, by its text. */
const facts = (draft: string, ...sources: Source[]) =>
  Object.fromEntries(
    run(draft, sources).facts.map((f) => [f.text, [f.status, f.nearest?.value ?? null]]),
  );

describe('facts against sources', () => {
  it.each([
    ['another form of an amount', '€1,299.50 was paid', 'Paid: 1.299,50 EUR', '€1,299.50'],
    ['a figure without its sign', 'We refund €102.00', 'Refund 102.00', '€102.00'],
    ['a dollar sign for US dollars', 'You paid $40', 'Paid USD 40.00', '$40'],
    ['another form of a date', 'Sent on 3 Nov 2026', 'Sent 2026-11-03', '3 Nov 2026'],
    ['a date without its year', 'Sent on Nov 3', 'Sent 2026-11-03', 'Nov 3'],
    ['either reading of a date', 'Sent on 03/11/2026', 'Sent 11 March 2026', '03/11/2026'],
    ['weeks for days', 'Return within 2 weeks', 'Returns: 14 days', '2 weeks'],
    [
      'working for business days',
      'Takes 5 working days',
      'takes five business days',
      '5 working days',
    ],
    ['an id with its prefix', 'Order 1182 left', 'ORD-1182 left', '1182'],
    ['an id in an address', 'Order 1182 left', 'https://acme.example/orders/1182', '1182'],
    [
      'a phone number with its country',
      'Call +44 20 7946 0958',
      'Phone 020 7946 0958',
      '+44 20 7946 0958',
    ],
    ['a host of a known address', 'See acme.example', 'https://acme.example/help', 'acme.example'],
    ['a bare count with shared words', 'We sent 2 lamps', 'Lamps sent: 2', '2 lamps'],
    [
      'a weekday of a date with shared words',
      'Delivered on Friday',
      'Delivered 2026-11-06',
      'Friday',
    ],
  ])('supports %s', (_, draft, text, fact) => {
    expect(facts(draft, source(text))[fact]?.[0]).toBe('supported');
  });

  it.each([
    [
      'an amount of the same thing',
      'We refund €120',
      'Refund approved: €102.00',
      '€120',
      'EUR 102.00',
    ],
    ['a synonym', 'We reimburse €120', 'Refund approved: €102.00', '€120', 'EUR 102.00'],
    ['another currency', 'You paid CA$40', 'Paid: US$40', 'CA$40', 'USD 40.00'],
    [
      'days for business days',
      'Takes 5 days',
      'It takes 5 business days',
      '5 days',
      '5 business day',
    ],
    ['an id in the same role', 'Order 1183 left', 'order no. 1182', '1183', '1182'],
    ['another year', 'Sent on 3 Nov 2025', 'Sent 2026-11-03', '3 Nov 2025', '2026-11-03'],
    ['a percentage', 'You get 20 % off shoes', 'Shoes: 15 % off', '20 %', '15 %'],
    ['an opening time', 'We open at 8:00', 'We open at 9:00', '8:00', '09:00'],
    [
      'a host that looks alike',
      'Pay at https://acme-shop.exampl.com/pay',
      'https://acme-shop.example.com/pay',
      'https://acme-shop.exampl.com/pay',
      'acme-shop.example.com/pay',
    ],
    [
      'a host in front of another',
      'Pay at https://acme.example.evil.test/pay',
      'https://acme.example/pay',
      'https://acme.example.evil.test/pay',
      'acme.example/pay',
    ],
  ])('contradicts %s', (_, draft, text, fact, nearest) => {
    expect(facts(draft, source(text))[fact]).toEqual(['contradicted', nearest]);
  });

  it.each([
    ['another thing', 'We refund €120', 'Shipping: €4.90', '€120'],
    ['another kind', 'We refund €120', 'Refund within 30 days', '€120'],
    [
      'the same number of another unit',
      'Return within 30 days',
      'Users: 12. Weight 30 kg',
      '30 days',
    ],
    [
      'a second amount beside the right one',
      'We refund €102.00 plus a voucher of €15',
      'Refund: €102.00',
      '€15',
    ],
    ['only generic words in common', 'Your order comes on 7 Nov', 'Your order of 3 Nov', '7 Nov'],
    [
      'a page of the same site',
      'Look at https://acme.example/b',
      'https://acme.example/a',
      'https://acme.example/b',
    ],
    ['a date no calendar has', 'It comes on 30 February', 'Nothing of this', '30 February'],
  ])('calls unsupported what is %s', (_, draft, text, fact) => {
    expect(facts(draft, source(text))[fact]).toEqual(['unsupported', null]);
  });

  it('cannot check a common count that stands about something else', () => {
    expect(facts('We sent 2 lamps', source('Stars: 2'))['2 lamps']?.[0]).toBe('cannot-check');
  });

  it('does not let a value of another thing stand in', () => {
    const record = source('Order total: €120.00\nRefund approved: €102.00');
    expect(facts('Your approved refund is €120', record)['€120']).toEqual([
      'contradicted',
      'EUR 102.00',
    ]);
    expect(facts('Your order total is €120', record)['€120']?.[0]).toBe('supported');
  });

  it("weighs the record over a customer's claim, and takes the claim where the record is silent", () => {
    const claim = source('I want my refund of €500!', {
      id: 'c',
      kind: 'thread',
      author: 'customer',
    });
    const record = source('Refund approved: €102.00', { id: 'r' });
    expect(facts('We refund €500', claim, record)['€500']).toEqual(['contradicted', 'EUR 102.00']);
    const alone = run('We refund €500', [claim]).facts[0];
    expect(alone?.status).toBe('supported');
    expect(alone?.nearest?.span.sourceId).toBe('c');
  });

  it('finds values in titles and addresses, with those words as the quote', () => {
    const titled = source('Nothing here.', {
      title: 'Refund for order 1182',
      url: 'https://acme.example/t/9',
    });
    const result = run('Order 1182: see https://acme.example/t/9', [titled]);
    expect(result.facts.map(({ status, nearest }) => [status, nearest?.span.quote])).toEqual([
      ['supported', 'Refund for order 1182'],
      ['supported', 'https://acme.example/t/9'],
    ]);
  });

  it('reads values that hidden characters cut, with offsets in the original texts', () => {
    const draft = 'We refund €1\u200b20.50 now';
    const record = source('Refund:\u00ad €1\u200b02.00 approved');
    const [fact] = run(draft, [record]).facts;
    expect(fact).toMatchObject({
      text: '€1\u200b20.50',
      value: 'EUR 120.50',
      status: 'contradicted',
    });
    expect(fact?.nearest?.span.quote).toBe('€1\u200b02.00');
  });
});

describe('links', () => {
  it('are contradicted when their text shows another host, with and without sources', () => {
    const evil = '[acme.example](https://evil.test/x)';
    expect(facts(evil, source('acme.example and https://evil.test/x'))[evil]?.[0]).toBe(
      'contradicted',
    );
    expect(run(evil, []).facts[0]?.status).toBe('contradicted');
  });

  it('of the composer are compared by where they go', () => {
    const links = [{ text: 'acme.example', href: 'https://evil.test/' }];
    const { facts: found, tier } = run('Pay at acme.example now', [source('acme.example')], {
      links,
    });
    expect(found).toEqual([
      expect.objectContaining({ text: 'acme.example', value: 'evil.test', status: 'contradicted' }),
    ]);
    expect(tier).toBe('high');
  });

  it('of the composer with ordinary words are facts where the words stand', () => {
    const links = [{ text: 'our page', href: 'https://www.acme.example/help/' }];
    const [fact] = run('See our page.', [source('https://acme.example/help')], { links }).facts;
    expect(fact).toMatchObject({
      text: 'our page',
      value: 'acme.example/help',
      status: 'supported',
    });
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'chrome-extension://abc/x'])(
    'that run code are unsupported whatever the sources say: %s',
    (href) => {
      expect(run(`Open ${href}`, [source(href)]).facts[0]?.status).toBe('unsupported');
      expect(run(`Open ${href}`, []).facts[0]?.status).toBe('unsupported');
    },
  );
});

describe('statements', () => {
  const policyText = source(
    'We do not ship lamps to Norway by boat. Our team checks every lamp by hand before it leaves the warehouse.',
    { kind: 'source' },
  );
  const statuses = (draft: string, ...sources: Source[]) =>
    run(draft, sources).statements.map((s) => [draft.slice(s.start, s.end), s.status]);

  it('are sentences and clauses, list entries, greetings and closings', () => {
    const draft =
      'Hi Ana, your parcel left on Nov. 3 with Dr. Smith. We refund €102.00, and you keep the lamp.\n' +
      '1. Open the app\n- Press return; then wait for the mail to come\n\nKind regards,\nMia\nCustomer Care';
    expect(statuses(draft, policyText)).toEqual([
      ['Hi Ana,', 'nothing-to-check'],
      ['your parcel left on Nov. 3 with Dr. Smith.', 'unsupported'],
      ['We refund €102.00,', 'unsupported'],
      ['and you keep the lamp.', 'cannot-check'],
      ['Open the app', 'cannot-check'],
      ['Press return; then wait for the mail to come', 'cannot-check'],
      ['Kind regards,', 'nothing-to-check'],
      ['Mia', 'nothing-to-check'],
      ['Customer Care', 'nothing-to-check'],
    ]);
  });

  it.each([
    ['the same words', 'Our team checks every lamp by hand.', 'supported'],
    ['a word that is not there', 'Our team checks every lamp by hand twice.', 'cannot-check'],
    ['a denial', 'Our team never checks every lamp by hand.', 'cannot-check'],
    ['what a source denies', 'We ship lamps to Norway by boat.', 'cannot-check'],
    [
      'the words in another order',
      'By hand the warehouse checks the team and leaves a lamp.',
      'cannot-check',
    ],
    ['too few words', 'Our team checks.', 'cannot-check'],
  ] as const)('without facts, by wording: %s', (_, draft, status) => {
    expect(statuses(draft, policyText).map(([, found]) => found)).toEqual([status]);
  });

  it.each([
    'Hello!',
    'Dear Ms. Smith,',
    'Good morning Ana,',
    'Thank you for reaching out.',
    'Thanks for your patience!',
    'Sorry for the inconvenience.',
    'Please let us know if you have any questions.',
    'Have a great day!',
    'Could you send us a photo?',
    'Mit freundlichen Grüßen',
    '🎉',
  ])('state nothing: %s', (draft) => {
    expect(run(draft, [policyText]).statements.map(({ status }) => status)).toEqual([
      'nothing-to-check',
    ]);
  });

  it.each([
    'Thank you, your account was deleted.',
    'Sorry, the warranty is void.',
    'Hello your refund was denied!',
    'Best price promised forever.',
    'Thanks for your payment of €120.',
    'We are happy to waive the fee.',
  ])('state something behind a courtesy: %s', (draft) => {
    expect(run(draft, [policyText]).statements.map(({ status }) => status)).not.toEqual(
      expect.arrayContaining(['nothing-to-check', 'nothing-to-check']),
    );
    expect(
      run(draft, [policyText]).statements.some(({ status }) => status !== 'nothing-to-check'),
    ).toBe(true);
  });

  it('carry the worst of their facts and the passage that shows it', () => {
    const record = source('Order 1182. Refund approved: €102.00');
    const [statement] = run('We refund €120 for order 1182.', [record]).statements;
    expect(statement).toMatchObject({
      status: 'contradicted',
      facts: [0, 1],
      passage: { sourceId: 's1', quote: 'Refund approved: €102.00' },
    });
  });
});
