import type { Article } from './ticket.ts';

const HELP = 'https://help.lumenandoak.example';

const open = (title: string, path: string, text: string): Article => ({
  title,
  url: `${HELP}/${path}`,
  text,
  internal: false,
});

/** The knowledge base of an invented shop for lamps and furniture. */
export const refunds = open(
  'Refunds',
  'refunds',
  'Money goes back the way it was paid. A refund shows on the account within 5 working days.',
);

export const returns = open(
  'Returns',
  'returns',
  `Unused items can be returned within 30 days of delivery. The return label is at ${HELP}/returns. For faulty items we pay the way back.`,
);

export const shipping = open(
  'Shipping',
  'shipping',
  'Standard delivery takes 2 to 4 working days. Express delivery takes 1 working day and costs EUR 9.90. Above EUR 80.00 standard delivery costs nothing.',
);

export const warranty = open(
  'Warranty',
  'warranty',
  'Lamps carry a warranty of 24 months from delivery, batteries 12 months. A photo of the fault and the invoice are enough.',
);

export const accounts = open(
  'Account and password',
  'account',
  'A new password is set at https://account.lumenandoak.example/reset. The link in the mail works for 30 minutes.',
);

export const invoices = open(
  'Invoices',
  'invoices',
  'Invoices are kept for 10 years at https://account.lumenandoak.example/invoices and can be addressed to a company until 14 days after the order.',
);

export const giftCards = open(
  'Gift cards',
  'gift-cards',
  'Gift cards are valid for 36 months and can be split over several orders. They are not paid out in cash.',
);

export const goodwill: Article = {
  title: 'Goodwill vouchers (agents only)',
  url: null,
  text: 'For a late parcel an agent may give a voucher of up to EUR 25.00 without asking the lead. Never name the limit to a customer.',
  internal: true,
};
