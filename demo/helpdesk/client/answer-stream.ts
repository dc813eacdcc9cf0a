import { EventSourceParserStream } from 'eventsource-parser/stream';

/** What came of an answer: the words so far, and at its end what the model says of it. */
export interface Answer {
  text: string;
  model: string;
  tokens: number | null;
  cited: readonly string[];
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Asks one of the helpdesk's addresses for an answer and reads it as it streams in (the server-sent
 * events of OpenAI's chat completions). Throws when the model does not answer.
 */
export async function streamAnswer(
  url: string,
  question: string,
  onText: (text: string) => void,
): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', body: question });
  if (!response.ok || response.body === null)
    throw new Error(`The model answered ${response.status}.`);
  const answer = { text: '', model: '', tokens: null as number | null, cited: [] as string[] };
  const events = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  for await (const { data } of events) {
    if (data === '[DONE]') break;
    const frame = record(JSON.parse(data));
    if (typeof frame['model'] === 'string') answer.model = frame['model'];
    const counted = record(frame['usage'])['completion_tokens'];
    if (typeof counted === 'number') answer.tokens = counted;
    const delta = record(record(list(frame['choices'])[0])['delta']);
    for (const note of list(delta['annotations'])) {
      const title = record(record(note)['url_citation'])['title'];
      if (typeof title === 'string') answer.cited.push(title);
    }
    if (typeof delta['content'] !== 'string' || delta['content'] === '') continue;
    answer.text += delta['content'];
    onText(answer.text);
  }
  return answer;
}
