/** The bubble itself, in a real browser, on a page with a strict policy, with the desk in Discord. */
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import { startWorld, type World } from '../harness/world.ts';
import { goesToPost } from './steps.ts';

/** Where screenshots go to be looked at; nowhere when not set. */
const SHOTS = process.env.SHOTS;

describe.skipIf(!hasBrowser)('the bubble in a real browser (skipped where there is no Chromium)', () => {
  let w: World;
  let browser: Browser;
  const trouble: string[] = [];

  beforeAll(async () => {
    w = await startWorld({
      website: {},
      policy: (policy, { discord }) => ({
        ...policy,
        people: [
          { id: 'bob', name: 'Bob Miller', public: 'Bob', reach: { discord: discord.person('bob').id } },
        ],
      }),
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await w?.stop();
  });
  afterEach(() => {
    expect(trouble.splice(0)).toEqual([]);
    expect(w.log.lines.filter(line => line.startsWith('error'))).toEqual([]);
  });

  /** Somebody's browser; what it complains of fails the test. */
  async function context(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
    const one = await browser.newContext(options);
    onTestFinished(() => one.close());
    return one;
  }
  async function visit(from: BrowserContext, path = '/'): Promise<Page> {
    const page = await from.newPage();
    page.on('console', line => {
      if (line.type() === 'error' && !/favicon|ERR_INTERNET_DISCONNECTED|WebSocket/.test(line.text()))
        trouble.push(line.text());
    });
    page.on('pageerror', error => trouble.push(String(error)));
    await page.goto(`${w.website.origin}${path}`);
    await page.getByRole('button', { name: /^(?:Open the chat|Otwórz czat)/ }).click();
    return page;
  }
  const writes = async (page: Page, text: string): Promise<void> => {
    await page.getByRole('textbox', { name: /Write a message|Napisz wiadomość/ }).fill(text);
    await page.keyboard.press('Enter');
  };
  const shoots = async (page: Page, name: string): Promise<void> => {
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png` });
  };
  const log = (page: Page) => page.getByRole('log');

  it('a visitor and the desk talk; a reload, a second tab and a lost connection lose nothing and double nothing', async () => {
    const away = await context();
    const one = await visit(away);
    await writes(one, 'Is *this* <b>thing</b> on?');
    await log(one).getByText('your message has reached us').waitFor();
    const bob = w.discord.person('bob');
    await goesToPost(bob, 1);
    await bob.says('It **is**.');
    await log(one).getByText('It is.').waitFor();
    await shoots(one, 'talk-light');
    const two = await visit(away);
    await log(two).getByText('It is.').waitFor();
    await one.reload();
    await one.getByRole('button', { name: /^Open the chat/ }).click();
    await log(one).getByText('It is.').waitFor();
    await away.setOffline(true);
    await writes(two, 'written while away');
    await log(two).getByText('Sending…').waitFor();
    await bob.says('Still there?');
    const answers = () => w.database.sql`select from line where ours and body ->> 'text' = 'Still there?'`;
    await expect.poll(async () => (await answers()).count, { timeout: 20_000 }).toBe(1);
    await away.setOffline(false);
    for (const page of [one, two]) {
      await log(page).getByText('Still there?').waitFor();
      await log(page).getByText('written while away').waitFor();
    }
    await bob.sees('written while away');
    const words = await log(two).locator('.body').allInnerTexts();
    expect(words.slice(1)).toEqual([
      'Is *this* <b>thing</b> on?',
      expect.stringContaining('your message has reached us'),
      'It is.',
      'Still there?',
      'written while away',
    ]);
    expect(await log(one).locator('.body').allInnerTexts()).toEqual(words);
  });

  it.each([
    ['light', 1200, '/'],
    ['dark', 1200, '/pl'],
    ['light', 390, '/pl'],
    ['dark', 390, '/'],
  ] as const)('%s, %i wide, %s: nothing that axe finds fault with', async (colorScheme, width, path) => {
    const page = await visit(
      await context({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true }),
      path,
    );
    await writes(page, 'Hello there');
    await log(page)
      .getByText(/your message has reached us|wiadomość dotarła/)
      .waitFor();
    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate(
      'axe.run({ include: "#switchdesk-chat" })',
    )) as axe.AxeResults;
    expect(violations.map(({ id, nodes }) => [id, nodes.map(one => one.html)])).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await shoots(page, `${colorScheme}-${width}`);
  });
});
