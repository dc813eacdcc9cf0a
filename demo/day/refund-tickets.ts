import { goodwill, refunds, returns, shipping } from './articles.ts';
import { asked, contradicted, RIGHT, sureExcept, type Ticket } from './ticket.ts';

const REFUND = [
  'Hi Ana,',
  'thank you for sending the lamp back. It reached us on 17 September 2026 and we have looked at the broken shade.',
  'For order 1182 we have approved a refund of EUR 120.00. It goes to the card you paid with, and your bank should show it within 5 working days.',
  'There is nothing else you need to do.',
].join('\n');

/** Money that goes back. */
export const refundTickets: readonly Ticket[] = [
  {
    id: '4821',
    subject: 'Where is my refund?',
    customer: { name: 'Ana Ruiz', email: 'ana.ruiz@post.example' },
    thread: [
      asked(
        'Ana Ruiz',
        'Mon 21 Sep, 17:02',
        'Hello, my floor lamp from order 1182 came with a broken shade and I sent it back. I paid EUR 102.00. When do I get my money?',
      ),
    ],
    record: {
      Order: '1182',
      Item: 'Floor lamp Birka, oak',
      'Paid by card': 'EUR 102.00',
      'Parcel received back': '17 September 2026',
      'Refund approved': 'EUR 102.00',
    },
    articles: [refunds, returns],
    draft: {
      text: REFUND,
      logprobs: sureExcept(REFUND, '120.00', 0.58),
      annotations: [
        {
          url: 'https://help.lumenandoak.example/refunds',
          title: 'Refunds',
          start_index: REFUND.indexOf('It goes'),
          end_index: REFUND.indexOf('\nThere'),
        },
      ],
    },
    fault: 'wrong amount: EUR 120.00, the record says EUR 102.00',
    expected: contradicted('EUR 120.00', 'EUR 102.00'),
  },
  {
    id: '4822',
    subject: 'Paid twice for one table',
    customer: { name: 'Ben Okafor', email: 'ben@okafor.example' },
    thread: [
      asked(
        'Ben Okafor',
        'Mon 21 Sep, 18:40',
        'My bank shows two payments of EUR 349.00 for the same side table. Please return one of them.',
      ),
    ],
    record: {
      Order: '1207',
      Item: 'Side table Holm',
      'Order total': 'EUR 349.00',
      'Second payment received': '19 September 2026',
      'Second payment returned': '22 September 2026',
    },
    articles: [refunds],
    draft: {
      text: [
        'Hello Ben,',
        'you are right, and I am sorry. The payment of EUR 349.00 for order 1207 came in twice.',
        'We returned the second payment on 22 September 2026, so it should be visible at your bank within 5 working days.',
        'Your side table is not affected by this and stays reserved.',
      ].join('\n'),
      logprobs: -0.04,
    },
    fault: '',
    expected: RIGHT,
  },
  {
    id: '4823',
    subject: 'Parcel five days late',
    customer: { name: 'Chloe Martin', email: 'chloe.martin@mail.example' },
    thread: [
      asked(
        'Chloe Martin',
        'Tue 22 Sep, 07:15',
        'The reading lamp of order 1215 was meant as a birthday present and came five days late. What can you do for me?',
      ),
    ],
    record: {
      Order: '1215',
      Item: 'Reading lamp Vik, brass',
      Delivered: '20 September 2026',
    },
    articles: [shipping, goodwill],
    draft: {
      text: [
        'Dear Chloe,',
        'I am sorry that the reading lamp missed the birthday. Our carrier handed it over on 20 September 2026 only.',
        'To make up for it I can give you a voucher of EUR 25.00; more than that I may not give without asking my lead.',
        'Would you like it by mail, or straight on your account?',
      ].join('\n'),
      logprobs: -0.05,
    },
    fault: 'leaked internal note: the limit of goodwill vouchers',
    expected: { tier: 'high', flags: [], rules: ['internal-quoted'], internal: true },
  },
  {
    id: '4824',
    subject: 'Price dropped the day after',
    customer: { name: 'Dario Conti', email: 'dario.conti@mail.example' },
    thread: [
      asked(
        'Dario Conti',
        'Tue 22 Sep, 07:31',
        'I bought the desk lamp on Sunday, on Monday it was cheaper. Can I have the difference?',
      ),
    ],
    record: {
      Order: '1219',
      Item: 'Desk lamp Nook, black',
      'Price paid': 'EUR 89.00',
      'Price since 21 September 2026': 'EUR 74.50',
      'Difference credited': 'EUR 14.50',
    },
    articles: [refunds],
    draft: {
      text: [
        'Hello Dario,',
        'good that you asked. You paid EUR 89.00 for the desk lamp, and since 21 September 2026 its price is EUR 74.50.',
        'We have credited the difference of EUR 14.50 to you; it travels back the way your payment came.',
        'Enjoy the lamp!',
      ].join('\n'),
      logprobs: -0.03,
    },
    fault: '',
    expected: RIGHT,
  },
  {
    id: '4825',
    subject: 'Half of my order is missing',
    customer: { name: 'Elif Kaya', email: 'elif@kaya.example' },
    thread: [
      asked(
        'Elif Kaya',
        'Tue 22 Sep, 07:58',
        'Two of the four dining chairs did not come. I would rather have the money than wait.',
      ),
    ],
    record: {
      Order: '1224',
      Item: 'Dining chair Lund, set of 4',
      'Chairs delivered': '2',
      'Refund for missing chairs': 'EUR 258.00',
    },
    articles: [refunds, shipping],
    draft: {
      text: [
        'Dear Elif,',
        'thank you for telling us. Two of your four chairs were left behind in our warehouse, which should not happen.',
        'As you asked, we refund the missing chairs of order 1224 with EUR 258.00. Count on 5 working days until your account shows',
      ].join('\n'),
      finish: 'length',
      logprobs: -0.04,
    },
    fault: 'cut answer: the model stopped at its length limit',
    expected: { tier: 'high', flags: [], rules: ['incomplete-output'], internal: false },
  },
  {
    id: '4826',
    subject: 'Refund to another card?',
    customer: { name: 'Felix Brandt', email: 'felix.brandt@mail.example' },
    thread: [
      asked(
        'Felix Brandt',
        'Tue 22 Sep, 08:03',
        'The card I paid with is closed. Can the refund for the mirror go to my new one?',
      ),
    ],
    record: {
      Order: '1228',
      Item: 'Wall mirror Ask',
      'Refund approved': 'EUR 64.00',
    },
    articles: [refunds],
    draft: {
      text: [
        'Hi Felix,',
        'a refund can only travel back the way it was paid, so the EUR 64.00 for the mirror will be sent to the closed card.',
        'Banks pass such money on to your new account on their own. Please ask yours if it has not appeared within 5 working days.',
      ].join('\n'),
      logprobs: -0.06,
    },
    fault: '',
    expected: RIGHT,
  },
];
