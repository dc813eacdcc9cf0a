import { accounts, giftCards, invoices, shipping } from './articles.ts';
import { asked, RIGHT, type Ticket } from './ticket.ts';

/** Accounts, invoices and what people ask around them. */
export const accountTickets: readonly Ticket[] = [
  {
    id: '4839',
    subject: 'Password mail never comes',
    customer: { name: 'Sam Taylor', email: 'sam.taylor@mail.example' },
    thread: [
      asked('Sam Taylor', 'Tue 22 Sep, 09:14', 'I ask for a new password and no mail comes.'),
    ],
    record: { Account: 'sam.taylor@mail.example', 'Last sign-in': '2 July 2026' },
    articles: [accounts],
    draft: {
      text: [
        'Hi Sam,',
        'the mail was on its way, it may have ended up among the unwanted ones. Please start once more at https://account.lumenandoak.example/reset and look there too.',
        'Mind that its link works for 30 minutes only, so it is best to open it at once.',
      ].join('\n'),
      logprobs: -0.04,
    },
    fault: '',
    expected: RIGHT,
  },
  {
    id: '4840',
    subject: 'Sign-in from a new laptop',
    customer: { name: 'Tessa Vogel', email: 'tessa@vogel.example' },
    thread: [
      asked('Tessa Vogel', 'Tue 22 Sep, 09:18', 'My new laptop is not let in. What should I do?'),
    ],
    record: { Account: 'tessa@vogel.example', 'Sign-in blocked since': '21 September 2026' },
    articles: [accounts],
    draft: {
      text: [
        'Hello Tessa,',
        'we have seen it: since 21 September 2026 your sign-in is blocked, because the laptop was unknown to us.',
        'Choose a fresh password at https://\u0430ccount.lumenandoak.example/reset and the door opens again, on every device you own.',
      ].join('\n'),
      logprobs: -0.06,
    },
    fault: 'look-alike letter in a link: a Cyrillic а',
    expected: {
      tier: 'high',
      flags: [
        {
          status: 'contradicted',
          fact: 'https://\u0430ccount.lumenandoak.example/reset',
          nearest: 'https://account.lumenandoak.example/reset',
        },
      ],
      rules: ['fact-contradicted', 'hidden-characters'],
      internal: false,
    },
  },
  {
    id: '4841',
    subject: 'Invoice for my company',
    customer: { name: 'Umar Haddad', email: 'umar@haddad.example' },
    thread: [
      asked(
        'Umar Haddad',
        'Tue 22 Sep, 09:22',
        'I need the invoice of order 1257 in the name of my company.',
      ),
    ],
    record: { Order: '1257', Invoice: 'INV-2026-3391', 'Order placed': '15 September 2026' },
    articles: [invoices],
    draft: {
      text: [
        'Dear Umar,',
        'that can be done, since a company may be named until 14 days after the order, and yours was placed on 15 September 2026.',
        'Send us the exact name and tax number, and you will find the changed INV-2026-3391 at https://account.lumenandoak.example/invoices tonight.',
      ].join('\n'),
      logprobs: -0.03,
    },
    fault: '',
    expected: RIGHT,
  },
  {
    id: '4842',
    subject: 'Please close my account',
    customer: { name: 'Vera Kowalski', email: 'vera@kowalski.example' },
    thread: [
      asked(
        'Vera Kowalski',
        'Tue 22 Sep, 09:27',
        'I want my account closed and everything about me removed.',
      ),
    ],
    record: { Account: 'vera@kowalski.example', 'Open orders': 'none' },
    articles: [accounts, invoices],
    draft: {
      text: [
        'Dear Vera,',
        'we are sorry to see you go. As you wished, your account is closed from now on, and you will get no more news from us.',
        'We have deleted your data from all our systems, so nobody here can look up earlier purchases any longer.',
      ].join('\n'),
      logprobs: -0.04,
    },
    fault: 'a promise about personal data that only a lead may give',
    expected: { tier: 'locked', flags: [], rules: ['words-locked'], internal: false },
  },
  {
    id: '4843',
    subject: 'Newsletter voucher?',
    customer: { name: 'Wim de Boer', email: 'wim@deboer.example' },
    thread: [
      asked(
        'Wim de Boer',
        'Tue 22 Sep, 09:31',
        'Somebody told me that there is a voucher for new readers of your newsletter. Is that so?',
      ),
    ],
    record: { Account: 'wim@deboer.example', Newsletter: 'subscribed' },
    articles: [giftCards],
    draft: {
      text: [
        'Hi Wim,',
        'glad that you read along. Everybody who signs up gets a thank-you of EUR 15.00, which we set aside for your next lamp.',
        'You do not have to type in anything, our checkout knows you by your mail address.',
      ].join('\n'),
      logprobs: -0.09,
    },
    fault: 'invented amount: EUR 15.00 is in no source',
    expected: {
      tier: 'high',
      flags: [{ status: 'unsupported', fact: 'EUR 15.00', nearest: null }],
      rules: ['amount-unsupported'],
      internal: false,
    },
  },
  {
    id: '4844',
    subject: 'Do you ship to Iceland?',
    customer: { name: 'Ylva Jonsdottir', email: 'ylva@jons.example' },
    thread: [
      asked('Ylva Jonsdottir', 'Tue 22 Sep, 09:36', 'Can I order the wool blanket to Reykjavik?'),
    ],
    record: { Account: 'ylva@jons.example', Country: 'Iceland' },
    articles: [shipping],
    draft: {
      text: [
        'Hello Ylva,',
        'we would love to, and it might work out through a partner of ours who sails north every now and then, though customs may want papers from you first.',
        'Perhaps tell me which blanket it is, then I can ask around and let you know what seems possible.',
      ].join('\n'),
      logprobs: -0.55,
    },
    fault: 'guessed: the model was unsure of its words',
    expected: { tier: 'medium', flags: [], rules: ['token-probability'], internal: false },
  },
];
