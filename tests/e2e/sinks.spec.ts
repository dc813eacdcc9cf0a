import { randomBytes } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { startModelServer } from '../../scripts/lib/model-server/server.ts';
import type { ModelServer } from '../../scripts/lib/model-server/server.ts';
import { startOtlpReceiver, type OtlpReceiver } from '../sinks/otlp-receiver.ts';
import { logRecordsOf, spansIn } from '../sinks/read-exports.ts';
import { startReceiver, type Received, type Receiver } from '../sinks/receiver.ts';
import { readRows } from './support/database.ts';
import { startExtension } from './support/extension.ts';
import type { Extension } from './support/extension.ts';
import { labChat, labDesk, startLab } from './support/lab.ts';
import type { Lab } from './support/lab.ts';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const ANSWER =
  'Hello Ana, we found your amber parcel at the cedar depot, on the shelf beside the hazel gate. It leaves with the next van, and our driver will ring you before he stops at your door.';
/** What must not leave, from the answer, the ticket and the person. */
const CANARIES = ['canary-key', 'amber parcel', 'hazel gate', SECRET, SECRET.slice(6)];

let model: ModelServer;
let lab: Lab;
let extension: Extension;
let options: Page;
let panel: Page;
let hooks: Receiver;
let otlp: OtlpReceiver;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async () => {
  test.setTimeout(120_000);
  model = await startModelServer();
  lab = await startLab(model.url);
  hooks = await startReceiver();
  otlp = await startOtlpReceiver();
  extension = await startExtension();
  await extension.importSettings({
    mode: 'enforce',
    customSites: [labChat(lab.chat), labDesk(lab.desk)],
    reviewerName: 'Mia',
  });
  options = await extension.open('options.html');
  panel = await extension.openPanel();
  panel.setDefaultTimeout(15_000);
});

test.afterAll(async () => {
  await extension?.close();
  await Promise.all([lab?.close(), model?.close(), hooks?.stop(), otlp?.stop()]);
});

/** By the official package: throws unless headers and body fit the secret. */
const verified = ({ headers, body }: Received): unknown =>
  new Webhook(SECRET).verify(
    body,
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  );

const section = () => options.getByRole('region', { name: 'Sync endpoint' });

async function fill(kind: string, url: string, token: string): Promise<void> {
  await section().getByLabel('Kind', { exact: true }).selectOption({ label: kind });
  await section().getByLabel('URL', { exact: true }).fill(url);
  await section().getByLabel('Token', { exact: true }).fill(token);
}

/** Tests the connection: its last step comes to say this. */
async function expectTested(says: string): Promise<void> {
  await section().getByRole('button', { name: 'Test connection' }).click();
  const steps = section().getByRole('list', { name: 'Connection test' });
  await expect(steps.getByRole('listitem').last()).toContainText(says);
}

const unsent = () =>
  options.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open('countersign');
        request.onerror = () => reject(new Error('no database'));
        request.onsuccess = () => {
          const tx = request.result.transaction(['heads', 'cursors']);
          const heads = tx.objectStore('heads').getAll();
          const cursors = tx.objectStore('cursors').getAll();
          tx.oncomplete = () => {
            request.result.close();
            const acked = cursors.result.reduce((sum, { ackedSeq }) => sum + ackedSeq + 1, 0);
            resolve(heads.result.reduce((sum, { seq }) => sum + seq + 1, 0) - acked);
          };
        };
      }),
  );

/** Asks the AI, pastes its answer into a reply, approves and sends it. */
async function reviewOne(thread: string): Promise<void> {
  model.setNext({ text: ANSWER });
  const chat = await extension.context.newPage();
  await chat.goto(lab.chat);
  await chat.getByRole('button', { name: 'Ask' }).click();
  await chat.locator('body[data-done="1"]').waitFor();
  const desk = await extension.context.newPage();
  await desk.goto(`${lab.desk}/?id=${thread}`);
  await desk.getByLabel('Reply', { exact: true }).fill(ANSWER);
  const item = async () =>
    (await readRows(options)).items.findLast((each) => each.threadKey === thread);
  await expect.poll(async () => (await item())?.state).toBe('pending');
  await panel.getByRole('tab', { name: 'Queue' }).click();
  await panel.getByRole('grid', { name: 'Review queue' }).getByText(`#${thread}`).first().click();
  await panel
    .getByRole('toolbar', { name: 'Decide' })
    .getByRole('button', { name: /^Approve/ })
    .click();
  await expect.poll(async () => (await item())?.effect).toBe('applied');
  await desk.getByRole('button', { name: 'Send' }).click();
  await expect.poll(async () => (await item())?.delivery).toBe('match');
  await chat.close();
  await desk.close();
}

test('webhook: tested with sentences, then each event once, signed and in order', async () => {
  await fill('Webhook', `${hooks.url}/in`, 'cs_not_a_secret');
  await expectTested('The signing secret must be whsec_');
  await fill('Webhook', `${hooks.url}/in?key=canary-key`, SECRET);
  hooks.answer = () => ({ status: 401 });
  await expectTested('The receiver refused the signature');
  hooks.answer = () => ({ status: 204 });
  await expectTested('Test event taken: passed');
  await expect(section().getByText('only the receiver can say')).toBeVisible();

  hooks.received.length = 0;
  await section().getByRole('button', { name: 'Save', exact: true }).click();
  await reviewOne('101');
  await expect.poll(unsent, { timeout: 60_000 }).toBe(0);
  const bodies = hooks.received.map(({ body }) => JSON.parse(body));
  for (const request of hooks.received)
    expect(verified(request)).toMatchObject({ specversion: '1.0' });
  expect(bodies.map(({ sequence }) => Number(sequence))).toEqual(bodies.map((_, at) => at));
  expect(bodies.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      'dev.countersign.decision.approved.v1',
      'dev.countersign.delivery.match.v1',
    ]),
  );
  await expect(section().getByText('Everything is sent.')).toBeVisible();
});

test('History says sent, never witnessed', async () => {
  await panel.getByRole('tab', { name: 'History' }).click();
  const row = panel
    .getByRole('grid', { name: 'History' })
    .getByRole('row', { name: /saved here, sent/ })
    .first();
  await expect(row).toBeVisible();
  await expect(panel.getByText(/witnessed/)).toHaveCount(0);
  await expect(panel.getByText('Saved here and sent')).toBeVisible();
});

test('a receiver that is away: kept, said, sent once it is back, also by a new worker', async () => {
  const before = hooks.received.length;
  hooks.answer = () => ({ status: 503, headers: { 'retry-after': '3600' } });
  await extension.importSettings({ bareKeys: false });
  await expect.poll(unsent).toBeGreaterThan(0);
  await expect(section().getByText('the server answered 503')).toBeVisible();
  await extension.killWorker();
  const asked = hooks.received.length;
  expect(asked).toBeGreaterThan(before);
  await extension.importSettings({ bareKeys: true });
  await expect.poll(unsent).toBeGreaterThan(1);
  // The wait outlives the worker.
  expect(hooks.received).toHaveLength(asked);
  hooks.answer = () => ({ status: 200 });
  await section().getByRole('button', { name: 'Sync now' }).click();
  await expect.poll(unsent).toBe(0);
});

test('otlp: a secret of webhooks is not taken along; decisions and a trace arrive', async () => {
  await fill('OpenTelemetry (OTLP)', otlp.url, '');
  otlp.reply = ({ path }) => (path === '/v1/traces' ? { status: 404 } : null);
  await expectTested('the server has no /v1/traces');
  otlp.reply = null;
  await expectTested('Traces taken: passed');
  otlp.exports.length = 0;
  otlp.received.length = 0;
  await section().getByRole('button', { name: 'Save', exact: true }).click();
  await expect(section().getByText('The saved token was for')).toBeVisible();
  await expect.poll(unsent, { timeout: 60_000 }).toBe(0);

  const [evaluation] = logRecordsOf(otlp);
  expect(evaluation?.attributes).toMatchObject({
    'gen_ai.evaluation.name': { stringValue: 'human_review' },
    'gen_ai.evaluation.score.label': { stringValue: 'approve' },
    'gen_ai.evaluation.score.value': { doubleValue: 1 },
  });
  const spans = spansIn(otlp);
  expect(spans.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['review', 'captured', 'checked', 'decided', 'delivered']),
  );
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  expect(evaluation?.traceId).toBe(spans[0]?.traceId);
  for (const { headers } of otlp.received) expect(headers.authorization).toBeUndefined();
});

test('nothing of content, secret or cookie left by either, nor a key in an address', () => {
  for (const { body, headers } of [...hooks.received, ...otlp.received]) {
    for (const canary of CANARIES) expect(JSON.stringify([body, headers])).not.toContain(canary);
    expect(headers.cookie).toBeUndefined();
    expect(headers.referer).toBeUndefined();
  }
  const endpoints = hooks.received
    .map(({ body }) => body)
    .filter((b) => b.includes('syncEndpoint'));
  expect(endpoints.some((body) => body.includes('/in?(hidden)'))).toBe(true);
});
