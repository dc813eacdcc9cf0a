import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';

/** What a customer writes in. */
export interface NewTicket {
  readonly subject: string;
  /** A mail address, `a@b.test` or `Name <a@b.test>`; RT makes the customer's account from it. */
  readonly requestor: string;
  /** Plain text. */
  readonly body: string;
}

/** One stored entry of a ticket. */
export interface RtTransaction {
  readonly id: number;
  /** RT's name: `Create`, `Correspond` (a reply), `Comment` (a note), `EmailRecord`, … */
  readonly type: string;
  /** Login name of who wrote it. */
  readonly creator: string;
  /** As stored; '' for entries without text. */
  readonly content: string;
  readonly contentType: string;
}

const ref = z.object({ id: z.union([z.string(), z.number()]) });
const page = z.object({
  items: z.array(z.object({ id: z.coerce.number(), Type: z.string(), Creator: ref })),
});
const newestTicket = z.object({ items: z.tuple([z.object({ id: z.coerce.number() })]) });
const attachments = z.object({
  items: z.array(z.object({ id: z.coerce.number(), ContentType: z.string() })),
});
const attachment = z.object({ Content: z.optional(z.nullable(z.string())) });
const about = z.object({ Version: z.string() });

const mailOf = ({ subject, requestor, body }: NewTicket) =>
  [
    `From: ${requestor}`,
    'To: support@helpdesk.test',
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Message-ID: <${randomUUID()}@customer.test>`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(body)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    '',
  ].join('\n');

/**
 * RT's mail gateway and its REST 2 API with a password, for tests to read what RT stored without using our own code.
 * Every call throws when RT refuses or answers in another form.
 * Source: RT::REST2, https://docs.bestpractical.com/rt/5.0.3/RT/REST2.html
 */
export const rtClient = (login: { url: string; user: string; password: string }) => {
  const authorization = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  const call = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const response = await fetch(`${login.url}/REST/2.0/${path}`, {
      ...init,
      headers: { authorization, 'content-type': 'application/json' },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`RT answered ${response.status} to ${path}: ${text}`);
    return JSON.parse(text);
  };

  const textOf = async (id: number) => {
    const { items } = attachments.parse(
      await call(`transaction/${id}/attachments?fields=ContentType`),
    );
    const found =
      items.find(({ ContentType }) => ContentType === 'text/html') ??
      items.find(({ ContentType }) => ContentType === 'text/plain');
    if (found === undefined) return { content: '', contentType: '' };
    const { Content } = attachment.parse(await call(`attachment/${found.id}`));
    return {
      content: Buffer.from(Content ?? '', 'base64').toString('utf8'),
      contentType: found.ContentType,
    };
  };

  return {
    version: async (): Promise<string> => about.parse(await call('rt')).Version,
    createTicket: async (ticket: NewTicket): Promise<number> => {
      const response = await fetch(`${login.url}/REST/1.0/NoAuth/mail-gateway`, {
        method: 'POST',
        body: new URLSearchParams({
          action: 'correspond',
          queue: 'General',
          message: mailOf(ticket),
        }),
      });
      const answer = await response.text();
      if (!answer.startsWith('ok')) throw new Error(`RT did not take the mail: ${answer}`);
      // The gateway does not tell the number; ours is the newest, as calls are not to overlap.
      const newest = newestTicket.parse(
        await call('tickets?query=id>0&orderby=id&order=DESC&per_page=1'),
      );
      return newest.items[0].id;
    },
    transactions: async (id: number): Promise<readonly RtTransaction[]> => {
      const { items } = page.parse(
        await call(`ticket/${id}/history?fields=Type,Creator&per_page=100`),
      );
      return Promise.all(
        items.map(async (item) => ({
          id: item.id,
          type: item.Type,
          creator: String(item.Creator.id),
          ...(await textOf(item.id)),
        })),
      );
    },
    setSignature: async (text: string): Promise<void> => {
      await call(`user/${login.user}`, {
        method: 'PUT',
        body: JSON.stringify({ Signature: text }),
      });
    },
  };
};
