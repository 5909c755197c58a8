/** The bubble in a real browser, on a page with a strict policy, with the desk in Discord, for stories about it. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, onTestFinished } from 'vitest';
import { openBrowser } from '../harness/browser.ts';
import { startWorld, type World, type WorldOptions } from '../harness/world.ts';

/** Where screenshots go to be looked at; nowhere when not set. */
const SHOTS = process.env.SHOTS;

/** Browsers in front of one world. */
export interface Bubbles {
  readonly w: World;
  /** Somebody's browser; what it complains of fails the test. */
  context(options?: Parameters<Browser['newContext']>[0]): Promise<BrowserContext>;
  /** A page of the site with the chat open. */
  visit(from: BrowserContext, path?: string): Promise<Page>;
}

/** Has a world and a browser for the tests of this group. */
export function useBubbles(options: WorldOptions = {}): Bubbles {
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
      ...options,
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
  return {
    get w() {
      return w;
    },
    async context(given = {}) {
      const one = await browser.newContext(given);
      onTestFinished(() => one.close());
      return one;
    },
    async visit(from, path = '/') {
      const page = await from.newPage();
      page.on('console', line => {
        if (line.type() === 'error' && !/favicon|net::ERR_|WebSocket/.test(line.text()))
          trouble.push(line.text());
      });
      page.on('pageerror', error => trouble.push(String(error)));
      page.on('dialog', dialog => {
        trouble.push(`a dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(`${w.website.origin}${path}`);
      await opens(page);
      return page;
    },
  };
}

export const opens = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^(?:Open the chat|Otwórz czat)/ }).click();

export const box = (page: Page): Locator =>
  page.getByRole('textbox', { name: /Write a message|Napisz wiadomość/ });

export async function writes(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await page.keyboard.press('Enter');
}

export const log = (page: Page): Locator => page.getByRole('log');

export async function shoots(page: Page, name: string): Promise<void> {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png` });
}
