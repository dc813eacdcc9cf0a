import type { Article, Message, Ticket } from '../day/ticket.ts';
import { repliesOf, type Desk, type StoredReply } from './desk.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';
import { storedHtml } from './stored-html.ts';

const initials = (name: string): string =>
  name
    .split(' ')
    .map((part) => part.slice(0, 1))
    .join('');

const message = ({ from, author, at, text }: Message): Html =>
  html`<li class="message ${from}">
    <p class="from">
      <span class="face" aria-hidden="true">${initials(author)}</span>
      <strong>${author}</strong> <time>${at}</time>
    </p>
    <div class="text">${text.split('\n').map((line) => html`<p>${line}</p>`)}</div>
  </li>`;

const sent = ({ kind, at, content }: StoredReply): Html =>
  html`<li class="message agent sent ${kind}">
    <p class="from">
      <span class="face" aria-hidden="true">MB</span>
      <strong>Mia Berg</strong> <time>${at}</time>
      ${kind === 'note' ? html`<span class="state">Internal note</span>` : ''}
    </p>
    <div class="text">${storedHtml(content)}</div>
  </li>`;

const article = ({ title, url, text, internal }: Article): Html =>
  html`<li class="article ${internal ? 'internal' : ''}">
    <h3>${url === null ? title : html`<a href="${url}">${title}</a>`}</h3>
    ${internal ? html`<p class="state warn">Not for customers</p>` : ''}
    <p class="text">${text}</p>
  </li>`;

const composer = ({ id, customer }: Ticket): Html =>
  html`<form class="card reply" method="post" action="/tickets/${id}" data-ticket="${id}">
    <div class="row">
      <fieldset class="kind">
        <legend class="sr">Reply or note</legend>
        <label><input type="radio" name="kind" value="reply" checked /> Reply</label>
        <label><input type="radio" name="kind" value="note" /> Internal note</label>
      </fieldset>
      <button type="button" class="draft" data-draft>Draft reply</button>
    </div>
    <div class="row to">
      <label>To <input name="to" value="${customer.email}" readonly /></label>
      <label>Cc <input name="cc" value="" autocomplete="off" /></label>
    </div>
    <div class="editor" data-editor></div>
    <input type="hidden" name="content" value="" />
    <div class="row foot">
      <p class="quiet" role="status" data-status></p>
      <button class="send" name="go" value="send">Send</button>
    </div>
  </form>`;

/** One ticket: thread and composer, beside them the record and what may help. */
export function ticketPage(desk: Desk, ticket: Ticket): string {
  const { id, subject, customer, record, articles } = ticket;
  const body = html`<p class="quiet"><a href="/">Tickets</a> / #${id}</p>
    <h1 data-subject>${subject}</h1>
    <div class="columns">
      <div>
        <h2 class="sr">Conversation</h2>
        <ol class="thread">
          ${ticket.thread.map(message)} ${repliesOf(desk, id).map(sent)}
        </ol>
        ${composer(ticket)}
      </div>
      <aside aria-label="About this ticket">
        <section class="card">
          <h2>Record</h2>
          <p class="quiet">${customer.name}</p>
          <ul class="record">
            ${Object.entries(record).map(
              ([label, value]) =>
                html`<li>
                  <span class="label">${label}</span> <span class="value">${value}</span>
                </li>`,
            )}
          </ul>
        </section>
        <section class="card">
          <h2>Knowledge base</h2>
          <ul class="articles">
            ${articles.map(article)}
          </ul>
        </section>
      </aside>
    </div>`;
  return layout({ title: `#${id} ${subject}`, page: 'tickets', body });
}
