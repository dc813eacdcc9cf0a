import type { Source } from '../../lib/domain/assessment.ts';
import type { Output } from '../../lib/domain/output.ts';

/** One invented ticket: what the AI wrote, what stands in the reply box, what it can be checked against. */
export interface Ticket {
  key: string;
  subject: string;
  answer: string;
  /** Text around the draft in the reply box. */
  before?: string;
  after?: string;
  sources: readonly Omit<Source, 'id' | 'internal' | 'author' | 'url'>[];
  internal?: boolean;
  output?: Partial<Output>;
  /** Minutes since it was found. */
  age: number;
}

const refund = `Hi Ana,
thanks for writing. Your parcel for order 1182 left on 3 November 2026. We refund €120.00 to your card, and you keep the case.
You can follow the parcel at https://track.example/p/1182.
Kind regards`;

const parcel = `Hi Tom,
your parcel for order 2207 left our warehouse on 18 November 2026 and carries the number TRK-88213. It should be with you within 3 working days.
Kind regards`;

const long = Array.from(
  { length: 14 },
  (_, i) =>
    `Step ${i + 1}: open the settings of your account, choose the part that deals with notices, and switch off what you no longer want to receive.`,
).join('\n');

/** The tickets of the stories; every flag on them comes from the code that checks. */
export const TICKETS: readonly Ticket[] = [
  {
    key: '4821',
    subject: 'Refund for order 1182',
    answer: refund,
    after: 'Mia Berger\nAcme Support',
    age: 4,
    sources: [
      {
        kind: 'record',
        title: 'Order 1182',
        text: 'Order 1182\nParcel sent: 3 November 2026\nRefund approved: €102.00\nTracking: https://track.example/p/1182',
      },
      {
        kind: 'thread',
        title: 'Ana wrote',
        text: 'Hello, the zip of the case from order 1182 is broken. Can I get my money back? Ana',
      },
      {
        kind: 'source',
        title: 'Refund policy',
        text: 'Refunds reach the card within 5 working days.',
      },
    ],
    internal: true,
    output: {
      tokens: [
        { token: 'We refund ', logprob: -0.02 },
        { token: '€120.00', logprob: -1.61 },
        { token: ' to your card', logprob: -0.05 },
      ],
    },
  },
  {
    key: '4830',
    subject: 'Please delete my data',
    answer: `Hello Jonas,
we have deleted all your data today. You will not hear from us again.
Kind regards`,
    age: 22,
    sources: [
      { kind: 'thread', title: 'Jonas wrote', text: 'Please delete everything you have on me.' },
    ],
  },
  {
    key: '4833',
    subject: 'Where is my parcel?',
    answer: parcel,
    age: 180,
    sources: [
      {
        kind: 'record',
        title: 'Order 2207',
        text: 'Order 2207\nLeft the warehouse: 18 November 2026\nTracking: TRK-88213\nDelivery: within 3 working days',
      },
    ],
  },
  {
    key: '4835',
    subject: 'Change of address',
    answer: `Dear Priya,
we changed the address of your account as you asked. Nothing else has changed.
Kind regards`,
    age: 195,
    sources: [],
    output: {
      model: null,
      usage: null,
      evidence: ['dom'],
      latency: { firstByteMs: null, totalMs: null },
    },
  },
  {
    key: '4790',
    subject: 'Invoice copy',
    answer:
      'Hi Lea,\nplease pay the invoice at https://p\u0430y.example/i/9 \u202egnp.exe\u202c today.\u200b Thanks',
    age: 61,
    sources: [{ kind: 'thread', title: 'Lea wrote', text: 'Could you send me my invoice again?' }],
  },
  {
    key: '4841',
    subject:
      'How do I stop the newsletters that keep arriving although I have unsubscribed twice already?',
    answer: long,
    age: 12,
    sources: [{ kind: 'source', title: 'Help: notices', text: long.slice(0, 400) }],
  },
];
