import { giftCards, returns, warranty } from './articles.ts';
import { asked, contradicted, RIGHT, type Ticket } from './ticket.ts';

/** Things that go back, and things that broke. */
export const returnTickets: readonly Ticket[] = [
  {
    id: '4833',
    subject: 'How do I send the rug back?',
    customer: { name: 'Maya Singh', email: 'maya.singh@post.example' },
    thread: [
      asked(
        'Maya Singh',
        'Tue 22 Sep, 08:47',
        'The rug is too small for the room. It is unused. Where do I get a label?',
      ),
    ],
    record: { Order: '1248', Item: 'Rug Tove, 140 x 200', Delivered: '16 September 2026' },
    articles: [returns],
    draft: {
      text: [
        'Dear Maya,',
        'no problem at all, an unused rug can come back to us within 30 days of delivery.',
        'Print your return label at https://help.lumenandoak-parcels.example/label and stick it over the old one. Any post office takes the roll as it is.',
      ].join('\n'),
      logprobs: -0.06,
    },
    fault: 'link to another host: lumenandoak-parcels.example',
    expected: {
      tier: 'high',
      flags: [
        {
          status: 'contradicted',
          fact: 'https://help.lumenandoak-parcels.example/label',
          nearest: 'https://help.lumenandoak.example/returns',
        },
      ],
      rules: ['fact-contradicted'],
      internal: false,
    },
  },
  {
    id: '4834',
    subject: 'Lamp flickers after a year',
    customer: { name: 'Nils Aalto', email: 'nils@aalto.example' },
    thread: [
      asked(
        'Nils Aalto',
        'Tue 22 Sep, 08:52',
        'My ceiling lamp began to flicker. I have had it for a good year. Is that still covered?',
      ),
    ],
    record: { Order: '0874', Item: 'Ceiling lamp Sky', Delivered: '4 August 2025' },
    articles: [warranty],
    draft: {
      text: [
        'Hello Nils,',
        'yes, it is. Your ceiling lamp was delivered on 4 August 2025, and lamps carry a warranty of 24 months.',
        'Please answer with a picture or short film of the flicker and your invoice, and we arrange the repair.',
      ].join('\n'),
      logprobs: -0.03,
    },
    fault: '',
    expected: RIGHT,
  },
  {
    id: '4835',
    subject: 'Can I still return the pillows?',
    customer: { name: 'Olga Petrova', email: 'olga@petrova.example' },
    thread: [
      asked(
        'Olga Petrova',
        'Tue 22 Sep, 08:57',
        'We were away for a while. The pillows of order 1102 are still in their bag.',
      ),
    ],
    record: { Order: '1102', Item: 'Pillow Sno, pair', Delivered: '11 August 2026' },
    articles: [returns],
    draft: {
      text: [
        'Hello Olga,',
        'welcome back. Unused items can be returned within 60 days of delivery, so there is still time for your pillows.',
        'Leave them in the bag they came in and we will do the rest once the parcel has reached us.',
      ].join('\n'),
      logprobs: -0.04,
    },
    fault: 'wrong period: 60 days, the article says 30 days',
    expected: contradicted('60 days', '30 days'),
  },
  {
    id: '4836',
    subject: 'Gift card for two orders',
    customer: { name: 'Paul Renard', email: 'paul.renard@mail.example' },
    thread: [
      asked(
        'Paul Renard',
        'Tue 22 Sep, 09:02',
        'My gift card is worth more than the candle holder. Is the rest lost?',
      ),
    ],
    record: {
      'Gift card': 'GC-70318',
      'Balance left': 'EUR 31.00',
      'Valid until': '1 March 2029',
    },
    articles: [giftCards],
    draft: {
      text: [
        'Hi Paul,',
        'nothing is lost. A card may be split over as many purchases as you like, and yours still has a balance of EUR 31.00.',
        'You can use it until 1 March 2029. Just enter the same code again when you pay.',
      ].join('\n'),
      logprobs: -0.04,
    },
    fault: '',
    expected: RIGHT,
  },
  {
    id: '4837',
    subject: 'Return label does not open',
    customer: { name: 'Quentin Rey', email: 'quentin@rey.example' },
    thread: [
      asked(
        'Quentin Rey',
        'Tue 22 Sep, 09:06',
        'The page with the return label stays white on my phone.',
      ),
    ],
    record: { Order: '1251', Item: 'Coat stand Gren' },
    articles: [returns],
    draft: {
      text: [
        'Hello Quentin,',
        'sorry about the white page. Some phones block the file that it opens by itself.',
        'Please try https://help.lumenandoak.example/\u202esnruter\u202c on a computer once more; the label then appears as a document that you can print or save.',
      ].join('\n'),
      logprobs: -0.05,
    },
    fault: 'bidi link: the address reads backwards',
    expected: {
      tier: 'high',
      flags: [
        {
          status: 'unsupported',
          fact: 'https://help.lumenandoak.example/\u202esnruter',
          nearest: null,
        },
      ],
      rules: ['link-unsupported', 'hidden-characters'],
      internal: false,
    },
  },
  {
    id: '4838',
    subject: 'Scratch on the new tabletop',
    customer: { name: 'Rosa Alvarez', email: 'rosa.alvarez@post.example' },
    thread: [
      asked(
        'Rosa Alvarez',
        'Tue 22 Sep, 09:10',
        'There is a long scratch on the tabletop of order 1254. Photo attached.',
      ),
    ],
    record: {
      Order: '1254',
      Item: 'Table Holm, walnut',
      'New tabletop leaves': '25 September 2026',
    },
    articles: [returns, warranty],
    draft: {
      text: [
        'Dear Rosa,',
        'thank you for the clear photo. That must have happened at our place, and we are sorry.',
        'A new tabletop for order 1254 leaves on 25 September 2026. The driver takes the scratched one along, so you need no label.',
      ].join('\n'),
      logprobs: -0.04,
    },
    fault: '',
    expected: RIGHT,
  },
];
