import { repliesOf, type Desk } from './desk.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';

const row = (desk: Desk, ticket: Desk['tickets'][number]): Html => {
  const isAnswered = repliesOf(desk, ticket.id).some(({ kind }) => kind === 'reply');
  return html`<tr>
    <td class="number">#${ticket.id}</td>
    <th scope="row"><a href="/tickets/${ticket.id}">${ticket.subject}</a></th>
    <td>${ticket.customer.name}</td>
    <td class="when">${ticket.thread.at(-1)?.at ?? ''}</td>
    <td>
      <span class="state ${isAnswered ? 'done' : ''}">${isAnswered ? 'Answered' : 'Open'}</span>
    </td>
  </tr>`;
};

/** The tickets of the day. */
export function listPage(desk: Desk): string {
  const waiting = desk.tickets.filter(
    ({ id }) => !repliesOf(desk, id).some(({ kind }) => kind === 'reply'),
  );
  const body = html`<h1>Tickets</h1>
    <p class="quiet">
      ${String(waiting.length)} of ${String(desk.tickets.length)} wait for an answer
    </p>
    <div class="card list">
      <table>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">Subject</th>
            <th scope="col">Customer</th>
            <th scope="col">Last message</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          ${desk.tickets.map((ticket) => row(desk, ticket))}
        </tbody>
      </table>
    </div>`;
  return layout({ title: 'Tickets', page: 'tickets', body });
}
