const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** The lines of a stored reply: what its reader sees of the HTML that the form carried. */
export const storedText = (content: string): string =>
  content
    .replaceAll(/<br>|<\/p>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .trim();

/** What the helpdesk puts under every reply. */
export const SIGNATURE = 'Kind regards,\nMia Berg, Lumen & Oak';
