import type { Reply } from './reply.ts';

/** What the server answers when an app asks for the title of a conversation. */
export const TITLE_REPLY: Reply = { text: 'Late parcel and refund' };

/** Invented answers of a support assistant, long enough (≥ 25 words) to be recognised again. */
export const SUPPORT_REPLIES: readonly Reply[] = [
  {
    text: [
      'Hello Nadia,',
      '',
      'thank you for writing to us. I am sorry that your parcel has not arrived. Our carrier lost it on 14 October, so we have sent a refund of 42.50 EUR for order 70418 to your card today. It can take up to five working days until your bank shows it.',
      '',
      'If you would still like the blue lamp, reply to this message and we will send a new one at no cost.',
    ].join('\n'),
  },
  {
    text: [
      'Hello Jonas,',
      '',
      'your subscription renews on 3 December at 18.00 EUR a month. You can change to the yearly plan on the Billing page; the change takes effect with the next invoice and the days you have already paid for are credited to it.',
    ].join('\n'),
  },
  {
    text: [
      'Hello Priya,',
      '',
      'the warranty of the kettle is 24 months from the day of purchase. Please send us a photo of the base with the serial number and a copy of the invoice, and we will arrange for a repair or a replacement within ten working days.',
    ].join('\n'),
  },
];
