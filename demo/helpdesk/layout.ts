import { html, type Html } from './html.ts';

type Page = 'tickets' | 'assistant';

const link = (href: string, words: string, here: boolean): Html =>
  here
    ? html`<a href="${href}" aria-current="page">${words}</a>`
    : html`<a href="${href}">${words}</a>`;

/** A whole page of the helpdesk around its content. */
export const layout = (options: { title: string; page: Page; body: Html }): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${options.title} · Lumen &amp; Oak Support</title>
        <link rel="stylesheet" href="/desk.css" />
        <link rel="icon" href="data:," />
        <script type="module" src="/desk.js"></script>
      </head>
      <body>
        <header class="bar">
          <strong class="brand">Lumen &amp; Oak <span>Support</span></strong>
          <nav aria-label="Main">
            ${link('/', 'Tickets', options.page === 'tickets')}
            ${link('/assistant', 'Assistant', options.page === 'assistant')}
          </nav>
          <span class="me"><span class="face" aria-hidden="true">MB</span> Mia Berg</span>
        </header>
        <main>${options.body}</main>
      </body>
    </html>`.text;
