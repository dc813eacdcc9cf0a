import { shipping } from './articles.ts';
import { answered, asked, contradicted, RIGHT, type Ticket } from './ticket.ts';

/** Parcels on their way. */
export const deliveryTickets: readonly Ticket[] = [
  {
    id: '4827',
    subject: 'When does my bookcase arrive?',
    customer: { name: 'Greta Lind', email: 'greta.lind@post.example' },
    thread: [
      asked(
        'Greta Lind',
        'Tue 22 Sep, 08:09',
        'I have to take a day off for the bookcase. Which day will it be?',
      ),
    ],
    record: {
      Order: '1231',
      Item: 'Bookcase Fjord, 5 shelves',
      'Delivery planned': '29 September 2026',
      Carrier: 'Nordvik Freight',
    },
    articles: [shipping],
    draft: {
      text: [
        'Hello Greta,',
        'thanks for planning ahead with us. Nordvik Freight brings large furniture to your door and calls you half an hour before.',
        'Delivery of your bookcase is planned for 25 September 2026, so please take that day off.',
        'If the day does not suit you, reply here and we will move it.',
      ].join('\n'),
      logprobs: -0.05,
    },
    fault: 'invented date: 25 September, the record says 29 September',
    expected: contradicted('25 September 2026', '29 September 2026'),
  },
  {
    id: '4828',
    subject: 'Change of address',
    customer: { name: 'Hugo Meyer', email: 'hugo@meyer.example' },
    thread: [
      asked(
        'Hugo Meyer',
        'Tue 22 Sep, 08:14',
        'We are moving this week. Please send the armchair to Birkenweg 7 in place of the old address.',
      ),
    ],
    record: {
      Order: '1234',
      Item: 'Armchair Sund, green',
      'Delivery address': 'Birkenweg 7, 20099 Hamburg',
      'Leaves the warehouse': '24 September 2026',
    },
    articles: [shipping],
    draft: {
      text: [
        'Hello Hugo,',
        'good timing: the armchair is still with us. We have put Birkenweg 7 in Hamburg down as the new address for order 1234.',
        'It leaves the warehouse on 24 September 2026. I hope that the move goes smoothly!',
      ].join('\n'),
      logprobs: -0.04,
    },
    fault: '',
    expected: RIGHT,
  },
  {
    id: '4829',
    subject: 'Still 18 September?',
    customer: { name: 'Ines Duarte', email: 'ines.duarte@mail.example' },
    thread: [
      asked(
        'Ines Duarte',
        'Tue 15 Sep, 10:20',
        'Is there a delivery day for my standing desk yet?',
      ),
      asked(
        'Ines Duarte',
        'Tue 22 Sep, 08:20',
        'Last week the carrier told me my desk would be delivered on 18 September 2026. It never came. What now?',
      ),
    ],
    record: {
      Order: '1236',
      Item: 'Standing desk Strand',
      'Desk will be delivered': '24 September 2026',
      'Changed by carrier': '21 September 2026',
    },
    articles: [shipping],
    draft: {
      text: [
        'Dear Ines,',
        'I understand that waiting at home for nothing is annoying, and I have looked into it for you.',
        'Your desk will be delivered on 18 September 2026. The driver carries it up to the room you choose and takes the packaging away again.',
      ].join('\n'),
      logprobs: -0.05,
    },
    fault: 'stale draft: written before the carrier moved the day',
    expected: contradicted('18 September 2026', '24 September 2026'),
  },
  {
    id: '4830',
    subject: 'Express possible?',
    customer: { name: 'Jonas Weber', email: 'jonas.weber@mail.example' },
    thread: [
      asked(
        'Jonas Weber',
        'Tue 22 Sep, 08:26',
        'I need the pendant lamp for Friday. Can order 1239 still go by express?',
      ),
    ],
    record: {
      Order: '1239',
      Item: 'Pendant lamp Moln',
      Status: 'Ready to ship',
    },
    articles: [shipping],
    draft: {
      text: [
        'Hi Jonas,',
        'yes, that works. Your pendant lamp from order 1239 is ready, and express delivery takes 1 working day.',
        'Express costs EUR 9.90. Say the word and we switch your parcel over this afternoon.',
      ].join('\n'),
      logprobs: -0.03,
      annotations: [
        {
          url: 'https://help.lumenandoak.example/shipping',
          title: 'Shipping',
          start_index: 10,
          end_index: 140,
        },
      ],
    },
    fault: '',
    expected: RIGHT,
  },
  {
    id: '4831',
    subject: 'Tracking shows nothing',
    customer: { name: 'Katarina Novak', email: 'katarina@novak.example' },
    thread: [
      asked(
        'Katarina Novak',
        'Tue 22 Sep, 08:33',
        'My tracking page has been empty since Saturday. Is the vase on its way at all?',
      ),
    ],
    record: {
      Order: '1243',
      Item: 'Vase Dagg, blue',
      Tracking: 'NV58204417',
      'Handed to carrier': '19 September 2026',
    },
    articles: [shipping],
    draft: {
      text: [
        'Hello Jonas,',
        'thank you for your patience. We gave your pendant lamp from order 1239 to the carrier, and the tracking page fills up once the first depot has scanned the parcel.',
        'That is usually the case by the next morning. Please look again tomorrow, and write to us if the page is still blank.',
      ].join('\n'),
      logprobs: -0.05,
    },
    fault: "another customer's name and order: 1239, the record says 1243",
    expected: contradicted('1239', '1243'),
  },
  {
    id: '4832',
    subject: 'Delivered, but not to me',
    customer: { name: 'Lars Holm', email: 'lars@holm.example' },
    thread: [
      asked('Lars Holm', 'Sun 20 Sep, 16:00', 'The page says delivered, but I have no parcel.'),
      answered(
        'Mia Berg',
        'Mon 21 Sep, 09:12',
        'Hello Lars, I have asked the carrier where the driver left it and come back to you.',
      ),
      asked('Lars Holm', 'Tue 22 Sep, 08:41', 'Any news from the carrier?'),
    ],
    record: {
      Order: '1245',
      Item: 'Clothes rack Pine',
      Delivered: '19 September 2026',
      'Signed by': 'M. Krog, house number 14',
    },
    articles: [shipping],
    draft: {
      text: [
        'Hi Lars,',
        'the carrier has answered: your clothes rack was delivered on 19 September 2026 and signed for by M. Krog at house number 14.',
        'Could you please ring there? If nobody knows of a parcel, answer this mail and we will send you another rack.',
      ].join('\n'),
      logprobs: -0.05,
    },
    fault: '',
    expected: RIGHT,
  },
];
