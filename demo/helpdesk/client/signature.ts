import { Node } from '@tiptap/core';

/** The signature at the end of the composer: a part of the document, known by its attribute. */
export const Signature = Node.create({
  name: 'signature',
  group: 'block',
  content: 'paragraph+',
  defining: true,
  parseHTML: () => [{ tag: 'div[data-signature]' }],
  renderHTML: () => ['div', { 'data-signature': '' }, 0],
});

/** What stands under every reply. */
export const SIGNATURE = {
  type: 'signature',
  content: ['Kind regards,', 'Mia Berg, Lumen & Oak'].map((text) => ({
    type: 'paragraph',
    content: [{ type: 'text', text }],
  })),
};
