import { Editor, type JSONContent } from '@tiptap/core';
import { StarterKit } from '@tiptap/starter-kit';
import { streamAnswer, type Answer } from './answer-stream.ts';
import { Signature, SIGNATURE } from './signature.ts';

function part<T extends Element>(form: Element, selector: string, type: new () => T): T {
  const found = form.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`The page has no ${selector}`);
  return found;
}

const paragraph = (text: string): JSONContent =>
  text === '' ? { type: 'paragraph' } : { type: 'paragraph', content: [{ type: 'text', text }] };

/** A draft over the signature. */
const reply = (text: string): JSONContent => ({
  type: 'doc',
  content: [...text.split('\n').map(paragraph), SIGNATURE],
});

function said({ model, tokens, cited }: Answer): string {
  const parts = [`Drafted by ${model}`];
  if (tokens !== null) parts.push(`${tokens} tokens`);
  if (cited.length > 0) parts.push(`sources: ${cited.join(', ')}`);
  return parts.join(' · ');
}

/** The reply form: an editor with the signature in it, and a button that has a draft written. */
export function startComposer(form: HTMLFormElement): void {
  const content = part(form, 'input[name="content"]', HTMLInputElement);
  const status = part(form, '[data-status]', HTMLElement);
  const button = part(form, '[data-draft]', HTMLButtonElement);
  const keep = ({ editor }: { editor: Editor }) => {
    content.value = editor.getHTML();
  };
  const editor = new Editor({
    element: part(form, '[data-editor]', HTMLElement),
    // The page's own style sheet has the editor's rules; inline ones are not allowed here.
    injectCSS: false,
    extensions: [StarterKit.configure({ link: { openOnClick: false } }), Signature],
    content: reply(''),
    editorProps: {
      attributes: { 'aria-label': 'Reply', role: 'textbox', 'aria-multiline': 'true' },
    },
    onCreate: keep,
    onUpdate: keep,
  });

  const draft = async () => {
    button.disabled = true;
    status.textContent = 'Drafting…';
    let shown = 0;
    let latest = '';
    const show = () => {
      shown = 0;
      editor.commands.setContent(reply(latest));
    };
    try {
      const answer = await streamAnswer(`/tickets/${form.dataset['ticket']}/draft`, '', (text) => {
        latest = text;
        // One write a frame is all that can be seen.
        if (shown === 0) shown = requestAnimationFrame(show);
      });
      cancelAnimationFrame(shown);
      latest = answer.text;
      show();
      status.textContent = said(answer);
    } catch (error) {
      status.textContent = `No draft: ${error instanceof Error ? error.message : 'it failed.'} Write the reply yourself, or try again.`;
    }
    button.disabled = false;
  };
  button.addEventListener('click', () => void draft());
}
