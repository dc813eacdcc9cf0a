import { pick } from './random.ts';

/** What one support agent uses again and again. All of it is made from templates. */
export interface Macros {
  readonly greeting: string;
  readonly paragraphs: readonly [string, string];
  readonly closing: string;
  readonly signature: string;
  /** A rule of the company that anyone may quote. */
  readonly policy: string;
}

const NAMES = ['Ada Brook', 'Ben Castle', 'Cora Dale', 'Dan Elm', 'Eva Frost', 'Finn Gale'];
const FIRMS = ['Northlight', 'Bluewater', 'Oakline', 'Farrow', 'Kestrel', 'Marlow', 'Tindall'];
const THINGS = ['lamp', 'router', 'kettle', 'bicycle', 'invoice', 'licence', 'parcel', 'camera'];
const ACTS = ['open', 'reset', 'unplug', 'return', 'register', 'upgrade', 'replace', 'inspect'];
const PLACES = ['account page', 'back panel', 'settings menu', 'nearest shop', 'order list'];
const TIMES = ['two', 'three', 'five', 'seven', 'ten', 'fourteen', 'thirty', 'sixty'];

/** The macros of one agent; different agents share the frames of the sentences, not the fillings. */
export function macrosOf(random: () => number): Macros {
  const name = pick(NAMES, random);
  const firm = pick(FIRMS, random);
  const thing = () => pick(THINGS, random);
  const act = () => pick(ACTS, random);
  const place = () => pick(PLACES, random);
  const time = () => pick(TIMES, random);
  return {
    greeting: `Hello and thank you for writing to ${firm} about your ${thing()}!`,
    paragraphs: [
      `To get going again, please ${act()} the ${thing()} first, wait about ${time()} minutes, then ${act()} it from the ${place()} and tell us which light comes on, as this often helps with a ${thing()}.`,
      `If you would rather ${act()} your ${thing()}, use the form on the ${place()}; we answer within ${time()} working days and a courier will ${act()} the ${thing()} at no charge to you or your firm.`,
    ],
    closing: `Just reply to this mail if anything about the ${thing()} is unclear. Kind regards,`,
    signature: `${name}\n${firm} customer care, room ${time()}`,
    policy: `A customer may ${act()} a ${thing()} within ${time()} days of delivery provided that the ${thing()} is complete, that the ${place()} shows no open amount, and that no more than ${time()} earlier requests were made in the same year.`,
  };
}
