import { streamAnswer } from './answer-stream.ts';

function bubble(list: Element, from: 'me' | 'assistant'): HTMLElement {
  const item = document.createElement('li');
  item.className = `bubble ${from}`;
  const text = document.createElement('p');
  text.className = 'text';
  item.append(text);
  list.append(item);
  return text;
}

/** A button that puts an answer on the clipboard, as chats have it. */
function copyButton(text: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(text).then(
      () => (button.textContent = 'Copied'),
      () => (button.textContent = 'Not copied'),
    );
  });
  return button;
}

/** The chat: questions and answers in bubbles. */
export function startAssistant(form: HTMLFormElement): void {
  const list = document.querySelector('[data-bubbles]');
  const question = form.querySelector('textarea');
  if (list === null || question === null) throw new Error('The page has no chat');
  const ask = async () => {
    const asked = question.value.trim();
    if (asked === '') return;
    question.value = '';
    bubble(list, 'me').textContent = asked;
    const shown = bubble(list, 'assistant');
    try {
      const answer = await streamAnswer('/assistant/answer', asked, (text) => {
        shown.textContent = text;
      });
      shown.after(copyButton(answer.text));
    } catch (error) {
      shown.textContent = error instanceof Error ? error.message : 'No answer.';
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void ask();
  });
  question.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
