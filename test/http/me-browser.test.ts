import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settled } from '../core/preference/kit.ts';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import { eventsAt } from '../harness/people.ts';
import { linkByChat, type MeSite, startMe } from './me-kit.ts';

/** Stands for a signed token: its text is the contact. */
const token = async (text: string) => ({
  ref: text.split(':')[0] ?? '',
  expiresAt: new Date('2026-12-01T00:00:00Z'),
});
/** Where screenshots go, when somebody wants to look. */
const SHOTS = process.env.ME_SHOTS;

describe.skipIf(!hasBrowser)('the client page in a real browser (skipped where there is no Chromium)', () => {
  let site: MeSite;
  let browser: Browser;

  beforeAll(async () => {
    site = await startMe({ http: { token } });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function entered(page: Page): Promise<void> {
    await page.goto(site.url + (await linkByChat(site)));
    await page.getByRole('button', { name: /Yes, sign in|Tak, zaloguj/ }).click();
    await page.waitForURL('**/me');
  }

  async function speaks(locale: 'en' | 'pl'): Promise<void> {
    await site.t.database.sql`
      insert into preference (contact_id, locale, updated_at) select id, ${locale}, now() from contact where ref = 'c-1'
      on conflict (contact_id) do update set locale = excluded.locale`;
  }

  it('works without JavaScript, with the keyboard: a ticket is opened, answered by staff, written to and rated', async () => {
    await speaks('en');
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 390, height: 800 },
    });
    const page = await context.newPage();
    await entered(page);
    await page.getByRole('link', { name: 'New ticket' }).click();
    await page.getByLabel('Priority').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Show the fields' }).first().click();
    await page.getByLabel(/^Server/).waitFor();
    await page.getByLabel('Priority').selectOption({ index: 0 });
    await page.getByRole('button', { name: 'Show the fields' }).first().click();
    await page.getByLabel('Description').fill('The <b>disk</b> is slow & "old"');
    await page
      .getByLabel('Files')
      .setInputFiles({ name: 'disk.log', mimeType: 'text/plain', buffer: Buffer.from('log') });
    await page.getByRole('button', { name: 'Open the ticket' }).press('Enter');
    await page.getByText('We have your ticket.').waitFor();
    await settled(site.t);
    const [post] = await site.t.database.sql<{ address: string; number: number }[]>`
      select address, ticket_id as number from place where role = 'desk' order by id desc limit 1`;
    const people = eventsAt(site.t.clock);
    await site.t.desk.accept('forum', people.staffSays('bob', post?.address ?? '', 'It is **new** now.'));
    await settled(site.t);
    await page.getByRole('link', { name: /disk/ }).click();
    await page.getByText('It is new now.').waitFor();
    await page.getByRole('link', { name: 'disk.log' }).waitFor();
    await page.getByLabel('Your message').fill('Thank you');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Your message is with us.').waitFor();
    await page.getByRole('button', { name: 'Close the ticket' }).click();
    await page.getByLabel('Good').check();
    await page.getByRole('group', { name: 'How did it go?' }).waitFor();
    await page.getByLabel('What went well').fill('Quick');
    await page.getByRole('button', { name: 'Send', exact: true }).first().click();
    await page.getByText('We look at every answer.').waitFor();
    await settled(site.t);
    expect(site.forum.calls.map(({ text }) => text).join('\n')).toContain('Quick');
    await context.close();
  });

  it('the customer sets the abuse address, coming from the client area', async () => {
    await speaks('en');
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.url}/me/enter?token=c-1:browser`);
    await page.getByRole('button', { name: 'Yes, sign in' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    const abuse = page.locator('#type-abuse');
    await abuse.getByText('Another place').click();
    await abuse.getByLabel('Mail address').fill('abuse@acme.example');
    await abuse.getByRole('button', { name: 'Add', exact: true }).click();
    await page.locator('#type-abuse').getByText('not confirmed yet').waitFor();
    await settled(site.t);
    const mail = site.mail.calls.find(({ to }) => to === 'abuse@acme.example')?.text ?? '';
    await page.getByLabel('Code from the mail').fill(/[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(mail)?.[0] ?? '');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.locator('#type-abuse li').first().getByText('abuse@acme.example').waitFor();
    expect(await page.locator('#type-abuse').getByText('not confirmed yet').count()).toBe(0);
    await context.close();
  });

  it.each([
    ['light', 390, 'en'],
    ['dark', 390, 'pl'],
    ['light', 1200, 'pl'],
    ['dark', 1200, 'en'],
  ] as const)(
    '%s, %i wide, %s: nothing that axe finds fault with, nothing to scroll sideways, nothing refused',
    async (colorScheme, width, lang) => {
      await speaks(lang);
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 800 },
        locale: lang,
      });
      const page = await context.newPage();
      const trouble: string[] = [];
      page.on('console', line => line.type() === 'error' && trouble.push(line.text()));
      const look = async (path: string): Promise<void> => {
        await page.goto(site.url + path);
        await page.evaluate(axe.source);
        const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
        expect(violations.map(({ id, nodes }) => [path, id, nodes.map(one => one.html)])).toEqual([]);
        expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, width]);
        if (SHOTS !== undefined)
          await page.screenshot({
            path: `${SHOTS}/${colorScheme}-${width}-${lang}${path.replaceAll(/\W/g, '_')}.png`,
            fullPage: true,
          });
      };
      await look(`/me?lang=${lang}`);
      await look(`/contact?lang=${lang}`);
      site.t.clock.forward(3_600_000);
      await entered(page);
      const [ticket] = await site.t.database.sql<{ id: number }[]>`select max(id) as id from ticket`;
      for (const path of [
        '/me',
        '/me/new?priority=critical',
        `/me/tickets/${ticket?.id}`,
        '/me/tickets/999',
        '/me/notices',
        '/me/settings',
      ])
        await look(path);
      expect(trouble.filter(line => !line.includes('404') && !line.includes('favicon'))).toEqual([]);
      await context.close();
    },
  );
});
