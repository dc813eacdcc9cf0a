import { html } from './html.ts';
import { layout } from './layout.ts';

/** A chat with the model, for those who write their replies beside it. */
export const assistantPage = (): string =>
  layout({
    title: 'Assistant',
    page: 'assistant',
    body: html`<h1>Assistant</h1>
      <p class="quiet">Ask about a ticket by its number, then copy what you can use.</p>
      <div class="card chat">
        <ol class="bubbles" data-bubbles aria-live="polite" aria-label="Conversation"></ol>
        <form class="row" data-ask>
          <label class="grow"
            ><span class="sr">Question</span>
            <textarea rows="2" placeholder="How do I answer ticket 4830?"></textarea>
          </label>
          <button class="send">Ask</button>
        </form>
      </div>`,
  });
