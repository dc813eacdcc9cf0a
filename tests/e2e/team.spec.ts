import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { startModelServer } from '../../scripts/lib/model-server/server.ts';
import { CLIENT, startProvider } from '../collector/oidc-provider.ts';
import { postgresPrograms, startPostgres } from '../collector/postgres.ts';
import { startProcess } from '../collector/process.ts';
import { readRows } from './support/database.ts';
import { startExtension, type Extension } from './support/extension.ts';
import { labChat, labDesk, startLab } from './support/lab.ts';
import { inWindow } from './support/sign-in.ts';

/** From an act in one browser until another with an open page has it, in milliseconds. */
const SOON = { timeout: 30_000 };
/** The same while the collector was away: both browsers ask again by Chrome's shortest alarm. */
const LATER = { timeout: 120_000 };

/** No two tickets get the same answer; each is wrong about the amount that the thread speaks of. */
const draftOf = (word: string) =>
  `Hello Ana, your refund of 120.00 EUR left us with the ${word} transfer, and it will be on your account by the end of the week. Please write to the ${word} desk if it is not.`;
const WORDS: Record<string, string> = {
  '482': 'amber',
  '517': 'birch',
  '606': 'cedar',
  '717': 'dahlia',
  '818': 'elder',
};

/** Somebody's browser with the panel open, signed in at the collector. */
async function browserOf(login: string, issuer: string, settings: object) {
  const extension = await startExtension();
  await extension.importSettings({ ...settings });
  const options = await extension.open('options.html#people');
  const own = options.getByRole('group', { name: 'Your sign-in' });
  await own.getByRole('button', { name: /^Sign in with/ }).click();
  await inWindow(extension, issuer, login);
  await expect(own).toContainText('Signed in as');
  const panel = await extension.openPanel();
  panel.setDefaultTimeout(20_000);
  return { extension, options, panel };
}

const caseLine = (panel: Page) => panel.getByRole('group', { name: 'Escalation' });
const detail = (panel: Page) => panel.getByRole('region', { name: 'Review detail' });

async function itemIn(options: Page, thread: string, kind: string) {
  const { items } = await readRows(options);
  return items.findLast((item) => item.threadKey === thread && item.kind === kind);
}

async function eventsIn(options: Page, type: string) {
  return (await readRows(options)).events
    .map(({ raw }) => JSON.parse(raw))
    .filter((event) => event.type === `dev.countersign.${type}.v1`);
}

test('an agent escalates, a lead answers, the collector dies in between, exactly that text leaves', async () => {
  test.setTimeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'countersign-team-'));
  const programs = postgresPrograms();
  const postgres = programs === null ? null : await startPostgres(programs);
  const databaseUrl = postgres === null ? '' : await postgres.freshUrl();
  const model = await startModelServer();
  const lab = await startLab(model.url);
  const probe = await startExtension();
  const { id } = probe;
  await probe.close();
  const provider = await startProvider({
    redirectUris: [`https://${id}.chromiumapp.org/sign-in`],
    accounts: {
      mia: { email: 'mia@desk.example', email_verified: true, name: 'Mia' },
      lee: { email: 'lee@desk.example', email_verified: true, name: 'Lee' },
    },
  });
  const env = { OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: CLIENT };
  let collector = await startProcess({ folder, databaseUrl, isFirst: true, env });
  const { url, token } = collector;
  const port = Number(new URL(url).port);
  const send = async (
    method: string,
    path: string,
    body: object,
    { as = token, ifMatch }: { as?: string; ifMatch?: number } = {},
  ) => {
    const headers = {
      Authorization: `Bearer ${as}`,
      'Countersign-Protocol': '1',
      'Content-Type': 'application/json',
      ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
    };
    const reply = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) });
    expect(reply.ok, `${method} ${path}: ${reply.status}`).toBe(true);
    return reply.json();
  };
  const open: Extension[] = [];
  try {
    const add = (name: string, email: string, role: string) =>
      send('POST', '/v1/members', { name, email, role });
    const miaMember = await add('Mia', 'mia@desk.example', 'reviewer');
    await add('Lee', 'lee@desk.example', 'lead');
    const lou = await add('Lou', '', 'lead');
    const minted = await send('POST', `/v1/members/${lou.id}/tokens`, { label: 'x' });

    const desks = { mode: 'enforce', customSites: [labChat(lab.chat), labDesk(lab.desk)] };
    const mia = await browserOf('mia', provider.issuer, { ...desks, syncEndpoint: url });
    open.push(mia.extension);
    const lee = await browserOf('lee', provider.issuer, { syncEndpoint: url });
    open.push(lee.extension);

    const chat = await mia.extension.context.newPage();
    await chat.goto(lab.chat);
    let asked = 0;
    const draftIn = async (thread: string): Promise<Page> => {
      const text = draftOf(WORDS[thread] ?? '');
      model.setNext({ text });
      asked += 1;
      await chat.bringToFront();
      await chat.getByRole('button', { name: 'Ask' }).click();
      await chat.locator(`body[data-done="${asked}"]`).waitFor();
      const desk = await mia.extension.context.newPage();
      await desk.goto(`${lab.desk}/?id=${thread}`);
      await desk.getByLabel('Reply', { exact: true }).fill(text);
      await expect
        .poll(async () => (await itemIn(mia.options, thread, 'draft'))?.state)
        .toBe('pending');
      return desk;
    };
    const openItem = async (panel: Page, thread: string) => {
      const back = panel.getByRole('button', { name: 'Queue', exact: true });
      if (await back.isVisible()) await back.click();
      await panel
        .getByRole('grid', { name: 'Review queue' })
        .getByText(`#${thread}`)
        .first()
        .click(SOON);
      await detail(panel).getByText(`#${thread}`).first().waitFor();
    };
    const escalate = async (thread: string, note: string) => {
      await openItem(mia.panel, thread);
      await mia.panel.getByRole('button', { name: /^Escalate/ }).click();
      await expect(mia.panel.getByText('go to your leads as they are')).toBeVisible();
      await mia.panel.getByLabel('Note').fill(note);
      await mia.panel.getByRole('button', { name: 'Escalate', exact: true }).click();
      await expect
        .poll(async () => (await itemIn(mia.options, thread, 'draft'))?.case?.version, SOON)
        .toBeGreaterThan(0);
    };

    // 1. Escalated: held at the desk, and with draft, sources and note before the lead.
    const desk = await draftIn('482');
    await escalate('482', 'Is the amount right?');
    await desk.bringToFront();
    await desk.getByRole('button', { name: 'Send' }).click();
    await desk.waitForTimeout(500);
    expect(lab.stored).toEqual([]);
    await openItem(mia.panel, '482');
    await expect(caseLine(mia.panel)).toContainText('With your leads');

    await openItem(lee.panel, '482');
    await expect(caseLine(lee.panel)).toContainText('Mia asks for a decision');
    await expect(caseLine(lee.panel)).toContainText('Is the amount right?');
    await expect(detail(lee.panel).getByRole('region', { name: 'Draft' })).toContainText(
      '120.00 EUR',
    );
    await expect(detail(lee.panel).getByRole('region', { name: 'Sources' })).toContainText(
      'over EUR 102.00 never arrived',
    );
    await caseLine(lee.panel).getByRole('button', { name: 'Take it' }).click();
    await expect(caseLine(lee.panel)).toContainText('You have taken it', SOON);
    await expect(caseLine(mia.panel)).toContainText('Lee has taken it until', SOON);

    // 2. The collector dies; the lead decides all the same, and nothing of it is lost.
    await collector.end('SIGKILL');
    await lee.panel.getByRole('button', { name: /^Edit/ }).click();
    const fixed = draftOf('amber').replace('120.00', '102.00');
    await lee.panel.getByRole('textbox', { name: 'Edited reply' }).fill(fixed);
    await lee.panel.getByRole('button', { name: /^Edit & approve/ }).click();
    await expect
      .poll(async () => (await itemIn(lee.options, '482', 'case'))?.effect)
      .toBe('pending');
    await lee.extension.killWorker();
    collector = await startProcess({ folder, databaseUrl, isFirst: false, port, env });
    await expect
      .poll(async () => (await itemIn(lee.options, '482', 'case'))?.effect, LATER)
      .toBe('applied');

    // 3. The agent's gate opens with exactly that text.
    await expect(desk.getByLabel('Reply', { exact: true })).toHaveValue(fixed, LATER);
    await expect(caseLine(mia.panel)).toContainText('Lee edited and approved it', SOON);
    await desk.bringToFront();
    await desk.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => lab.stored.map(({ content }) => content), SOON).toEqual([fixed]);
    const [applied] = await eventsIn(mia.options, 'case.applied');
    expect(applied.data).toMatchObject({ outcome: 'edit', refused: '' });
    const [decided] = await eventsIn(lee.options, 'decision.edited');
    expect(decided).toMatchObject({ authid: 'Lee', authassurance: 'verified' });
    expect(decided.data).toMatchObject({ role: 'lead', caseId: applied.data.caseId });

    // 4. Two leads at once: the first wins, and the other is told who it was.
    await draftIn('517');
    await escalate('517', 'Yours?');
    await openItem(lee.panel, '517');
    const { case: of } = (await itemIn(mia.options, '517', 'draft')) ?? {};
    const shownHash = (await itemIn(mia.options, '517', 'draft'))?.boundHash ?? '';
    const caseId = of?.caseId ?? '';
    // The other lead is faster, and this browser has not heard of it yet.
    await lee.extension.context.setOffline(true);
    await send(
      'POST',
      `/v1/cases/${caseId}/resolve`,
      {
        decisionId: crypto.randomUUID(),
        outcome: 'reject',
        reasons: ['wrong-fact'],
        note: 'It was 102.',
        text: null,
        shownHash,
      },
      { as: minted.token, ifMatch: 1 },
    );
    await lee.panel.getByRole('button', { name: /^Reject/ }).click();
    await lee.panel.getByRole('button', { name: 'Tone or style' }).click();
    await lee.extension.context.setOffline(false);
    await expect
      .poll(async () => (await itemIn(lee.options, '517', 'case'))?.state, LATER)
      .toBe('superseded');
    expect((await eventsIn(lee.options, 'case.superseded'))[0].data).toMatchObject({
      outcome: 'reject',
      by: lou.id,
    });
    await expect
      .poll(async () => (await itemIn(mia.options, '517', 'draft'))?.state, LATER)
      .toBe('rejected');
    await openItem(mia.panel, '517').catch(() => undefined);

    // 5. Taken back before anybody answered: gone from the lead's queue.
    await draftIn('606');
    await escalate('606', 'Never mind');
    await expect
      .poll(async () => (await itemIn(lee.options, '606', 'case'))?.state, SOON)
      .toBe('pending');
    await openItem(mia.panel, '606');
    await caseLine(mia.panel).getByRole('button', { name: 'Take it back' }).click();
    await expect
      .poll(async () => (await itemIn(mia.options, '606', 'draft'))?.state)
      .toBe('pending');
    await expect
      .poll(async () => (await itemIn(lee.options, '606', 'case'))?.state, LATER)
      .toBe('withdrawn');

    // 6. The end of a shift: what Lee had taken goes to Lou.
    await draftIn('717');
    await escalate('717', 'Tomorrow?');
    await openItem(lee.panel, '717');
    await caseLine(lee.panel).getByRole('button', { name: 'Take it' }).click();
    await expect(caseLine(lee.panel)).toContainText('You have taken it', SOON);
    await lee.panel.getByRole('button', { name: 'Queue', exact: true }).click();
    await lee.panel.getByRole('button', { name: 'Hand over all' }).click();
    await lee.panel.getByRole('combobox', { name: 'Hand over to' }).selectOption('Lou');
    await lee.panel.getByRole('button', { name: 'Hand over', exact: true }).click();
    await expect(lee.panel.getByText('1 case handed over')).toBeVisible(SOON);
    await openItem(lee.panel, '717');
    await expect(caseLine(lee.panel)).toContainText('Lou has taken it until', SOON);

    // 7. Locked by the signed policy: at her own desk not even a lead approves, somebody else does.
    const HOUR_MS = 3_600_000;
    const [notBefore, notAfter] = [-HOUR_MS, HOUR_MS].map((ms) =>
      new Date(Date.now() + ms).toISOString(),
    );
    const settings = { ruleTiers: { 'fact-contradicted': 'locked' } };
    await send('PUT', '/v1/policy', { version: 1, notBefore, notAfter, settings }, { ifMatch: 0 });
    await send('PATCH', `/v1/members/${miaMember.id}`, { role: 'lead' });
    await expect(mia.options.getByRole('group', { name: 'Your sign-in' })).toContainText(
      'Lead',
      SOON,
    );
    await expect(mia.options.getByRole('region', { name: 'Policies' })).toContainText(
      'Version 1',
      SOON,
    );
    const locked = await draftIn('818');
    await openItem(mia.panel, '818');
    await expect(mia.panel.getByRole('button', { name: /^Approve/ })).toHaveAccessibleDescription(
      /another person than the one at this desk/,
    );
    await escalate('818', 'Locked');
    await openItem(lee.panel, '818');
    await lee.panel.getByRole('button', { name: /^Edit/ }).click();
    const right = draftOf('elder').replace('120.00', '102.00');
    await lee.panel.getByRole('textbox', { name: 'Edited reply' }).fill(right);
    await lee.panel.getByRole('button', { name: /^Edit & approve/ }).click();
    await expect(locked.getByLabel('Reply', { exact: true })).toHaveValue(right, LATER);
    await locked.bringToFront();
    await locked.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => lab.stored.at(-1)?.content, SOON).toBe(right);

    // 8. The lead's history of the team: filtered, remarked on, checked.
    await lee.panel.getByRole('tab', { name: 'History' }).click();
    await lee.panel.getByRole('button', { name: 'Team', exact: true }).click();
    const grid = lee.panel.getByRole('grid', { name: 'Team history' });
    await expect(grid).toContainText('Mia', SOON);
    await lee.panel.getByLabel('Person').selectOption({ label: 'Mia' });
    await lee.panel.getByLabel('Outcome').selectOption('decision.escalated');
    await expect(grid.getByRole('row', { name: /Escalated, Mia/ })).toHaveCount(5, SOON);
    await expect(grid).not.toContainText('Lee');
    await grid
      .getByRole('row', { name: /Escalated, Mia/ })
      .first()
      .click();
    const entry = lee.panel.getByRole('region', { name: 'Entry' });
    await expect(entry).toContainText('The collector holds no text of this entry');
    await entry
      .getByRole('textbox', { name: 'Comment' })
      .fill('Ask me before you escalate refunds.');
    await entry.getByRole('button', { name: 'Add comment' }).click();
    await expect(entry.getByRole('listitem')).toContainText(
      /by Lee.*Ask me before you escalate/s,
      SOON,
    );
    await entry.getByRole('button', { name: /^Check Mia/ }).click();
    await expect(entry.getByRole('region', { name: 'Trail check' })).toContainText(
      /Verified \d+ of \d+ entries as the collector holds them/,
      SOON,
    );
    await entry.getByRole('button', { name: 'All of this item' }).click();
    // Of both devices: what Mia asked, what Lee answered, what left.
    await expect(grid.getByRole('row')).toHaveCount(3, SOON);
    await expect(grid.getByRole('row', { name: /Escalated, Mia/ })).toHaveCount(1);
    await expect(grid.getByRole('row', { name: /Edited & approved, Lee/ })).toHaveCount(1);
  } finally {
    for (const extension of open) await extension.close();
    await collector.end('SIGKILL');
    await provider.stop();
    await lab.close();
    await model.close();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
