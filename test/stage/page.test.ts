import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmailChannel } from '../../src/adapters/email/index.ts';
import { type Demo, startDemo } from '../../src/demo.ts';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import { type FreshDatabase, freshDatabase } from '../harness/database.ts';

describe.skipIf(!hasBrowser)('the page in a real browser (skipped where there is no Chromium)', () => {
  let demo: Demo;
  let database: FreshDatabase;
  let browser: Browser;
  let page: Page;
  const trouble: string[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    demo = await startDemo({ port: 0, dataDir: '', databaseUrl: database.url, log });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', error => trouble.push(error.message));
    page.on('console', line => line.type() === 'error' && trouble.push(line.text()));
    await page.goto(`http://localhost:${demo.port}/`);
    await page.getByText('live', { exact: true }).waitFor();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    await database?.drop();
  });

  const pane = (name: string) => page.getByRole('region', { name });
  const slack = () => pane('Slack, customer');
  const desk = () => pane('The desk, in Discord, staff');

  it('lets Ana open a ticket in Slack and Bob answer it on the desk', { timeout: 60_000 }, async () => {
    const entry = slack().getByRole('combobox', { name: 'Message #support' });
    await entry.fill('/tic');
    await slack().getByRole('option', { name: '/ticket' }).waitFor();
    await entry.press('Enter');
    await entry.press('Enter');
    const form = slack().getByRole('dialog', { name: 'Nowe zgłoszenie' });
    await form.getByLabel('Priorytet').selectOption('critical');
    await form.getByLabel('IP serwera').fill('the blue one');
    await form.getByLabel('Temat').fill('Sklep <b>leży</b>');
    await form.getByLabel('Opis').fill('Od rana nic nie działa.');
    await form.getByRole('button', { name: 'Wyślij' }).click();
    await form.getByText('Please complete this required field.').first().waitFor();
    await form.getByLabel('Priorytet').selectOption('regular');
    await expect.poll(() => form.getByLabel('IP serwera').count()).toBe(0);
    expect(await form.getByLabel('Temat').inputValue()).toBe('Sklep <b>leży</b>');
    await form.getByRole('button', { name: 'Wyślij' }).click();
    await slack().getByRole('dialog', { name: /#1/ }).getByRole('button').first().click();

    await desk()
      .getByRole('button', { name: /#1 Sklep/ })
      .last()
      .click();
    await desk().getByText('Od rana nic nie działa.').waitFor();
    await desk().getByRole('button', { name: 'Claim' }).click();
    await desk().getByText('You have claimed ticket').waitFor();
    const reply = desk().getByRole('combobox');
    await reply.fill('Restartujemy serwer.');
    await reply.press('Enter');
    await desk().getByText('✅').waitFor();

    await slack()
      .getByRole('button', { name: /Switchdesk.*new/ })
      .click();
    await slack().getByRole('button', { name: '1 reply' }).click();
    await slack().getByText('Restartujemy serwer.').last().waitFor();
    expect(await page.locator('.body b', { hasText: 'leży' }).count()).toBe(0);
  });

  it('lets them change, react, attach and take back; the other side follows', {
    timeout: 60_000,
  }, async () => {
    const reply = desk().getByRole('article', { name: /^Bob/ }).filter({ hasText: 'Restartujemy serwer.' });
    await reply.hover();
    await reply.getByRole('button', { name: 'Edit: Bob Miller' }).click();
    await desk().getByRole('combobox').fill('Serwer działa.');
    await desk().getByRole('combobox').press('Enter');
    const answer = slack()
      .getByRole('article')
      .filter({ hasText: 'Serwer działa.' })
      .filter({ hasText: '(edited)' });
    await answer.last().hover();
    await answer
      .last()
      .getByRole('button', { name: /^React:/ })
      .click();
    await answer.last().getByRole('button', { name: 'React with 🎉' }).click();
    await desk().getByText('🎉').waitFor();

    await desk()
      .locator('input[type=file]')
      .last()
      .setInputFiles({ name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('all is well') });
    await desk().getByText('📎 log.txt').waitFor();
    await desk().getByRole('combobox').fill('The log.');
    await desk().getByRole('combobox').press('Enter');
    await slack().getByText('The log.').last().waitFor();
    await slack().getByRole('list', { name: 'Files' }).getByText('log.txt').waitFor();

    const log = desk().getByRole('article', { name: /^Bob/ }).filter({ hasText: 'The log.' });
    await log.hover();
    await log.getByRole('button', { name: 'Delete: Bob Miller' }).click();
    await slack().getByText('The log.').waitFor({ state: 'detached' });
  });

  it('shows the same ticket at each desk: in Slack, in Telegram and in Discord', {
    timeout: 60_000,
  }, async () => {
    const where = (name: string) =>
      page.getByRole('group', { name: 'Where the desk is' }).getByRole('button', { name });
    await where('Slack').click();
    const inSlack = pane('The desk, in Slack, staff');
    await inSlack.getByRole('button', { name: /^#?support-desk/ }).click();
    await inSlack
      .getByText(/#1 Sklep/)
      .first()
      .waitFor();
    await where('Telegram').click();
    const inTelegram = pane('The desk, in Telegram, staff');
    await inTelegram
      .getByRole('button', { name: /#1 Sklep/ })
      .last()
      .click();
    await inTelegram.getByText('Serwer działa.').waitFor();
    const reply = inTelegram.getByRole('combobox');
    await reply.fill('Z Telegramu.');
    await reply.press('Enter');
    await inTelegram.getByText('👌').last().waitFor();
    await where('Discord').click();
    await desk().getByText('Z Telegramu.').waitFor();
    await slack().getByText('Z Telegramu.').last().waitFor();
    expect(await page.getByRole('region', { name: /The desk/ }).count()).toBe(1);
  });

  it('offers a command’s own choices while one types in Discord', { timeout: 30_000 }, async () => {
    await desk().getByRole('button', { name: /^desk/ }).first().click();
    await desk()
      .getByRole('button', { name: /support/ })
      .first()
      .click();
    const entry = desk().getByRole('combobox');
    await entry.fill('/desk show 1');
    await desk()
      .getByRole('option', { name: /#1 Sklep/ })
      .click();
    expect(await entry.inputValue()).toMatch(/^\/desk show #?1 $/);
    await entry.press('Enter');
    await desk()
      .getByText(/#1[\s\S]*Sklep/)
      .last()
      .waitFor();
  });

  it('shows mail as it comes: a list of conversations, each with its mails, whose HTML does nothing', {
    timeout: 30_000,
  }, async () => {
    const mail = pane('Mail, customer');
    await mail.getByText('No mail yet.').waitFor();
    const email = createEmailChannel({
      smtp: { host: '127.0.0.1', port: Number(new URL(demo.mail.url).port), secure: false, tls: 'off' },
      from: { name: 'Switchdesk Demo', address: 'support@desk.example' },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      now: () => new Date(),
      secret: async () => Buffer.alloc(32, 7),
    });
    const said = { class: 'reply', subject: '[#7] Strona <b>leży</b>', buttons: [] } as const;
    const text =
      '# Gotowe\n\nSerwer **działa**: [stan](https://status.example/).\n\n- <img src=x onerror=alert(1)>\n- dwa\n\n> cytat';
    await email.deliver({ ...said, id: '1', text }, 'ana@example.com/d1.x');
    await email.deliver({ ...said, id: '2', text: 'I jeszcze jedno.' }, 'ana@example.com/d1.x');
    await mail
      .getByRole('button', { name: /Strona <b>leży/ })
      .first()
      .click();
    await mail.getByText('I jeszcze jedno.').waitFor();
    await mail.locator('.mail-body strong', { hasText: 'działa' }).waitFor();
    expect(await mail.locator('img, script, .mail-subject b').count()).toBe(0);
    expect(await mail.getByText('Switchdesk Demo <support@desk.example> → ana@example.com').count()).toBe(2);
    expect(await mail.getByRole('combobox').count()).toBe(1);
    await mail.getByRole('button', { name: /Back to Inbox/ }).click();
    await mail.getByText('2 messages').waitFor();
    await email.close?.();
  });

  it('counts what is new for people nobody is looking at', { timeout: 30_000 }, async () => {
    await demo.slack.person('ben').says('is anybody here?', '#support');
    await slack().getByRole('button', { name: /^Eve/ }).getByLabel('1 new').waitFor();
    await slack().getByRole('button', { name: /^Eve/ }).click();
    await slack().getByText('is anybody here?').waitFor();
    expect(await slack().getByRole('button', { name: /^Eve/ }).getByLabel(/new/).count()).toBe(0);
    await page.reload();
    await slack().getByRole('button', { name: /^Eve/, pressed: true }).waitFor();
  });

  it('shows what the platform refuses, and keeps what was typed', async () => {
    demo.discord.dropGateway({ resumable: true });
    const customer = pane('Discord, customer');
    const entry = customer.getByRole('combobox', { name: 'Message #support' });
    await entry.fill('/ticket nonsense');
    await entry.press('Enter');
    await customer.getByRole('alert').getByText('Unknown subcommand "nonsense".').waitFor();
  });

  it('met no error and asked no other server', () => {
    expect(trouble).toEqual([]);
  });
});
