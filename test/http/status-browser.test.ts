import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bring, confirmed, does, drafted, maintenance, outage } from '../core/notice/kit.ts';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import { type TestDesk, testDesk } from '../harness/desk.ts';
import { type StatusSite, serveStatus } from './status-kit.ts';

describe.skipIf(!hasBrowser)('the status page in a real browser (skipped where there is no Chromium)', () => {
  let t: TestDesk;
  let site: StatusSite;
  let browser: Browser;
  let open: number;

  beforeAll(async () => {
    t = await testDesk([]);
    await bring(t, 'A-1', [
      { ref: 's-1', location: 'WAW1' },
      { ref: 's-2', location: 'KRK1' },
    ]);
    const announce = async (key: string, input: Parameters<typeof drafted>[1]): Promise<number> => {
      const id = await drafted(t, input, key);
      await confirmed(t, id);
      return id;
    };
    await does(t, await announce('k-1', outage()), 'resolve');
    const nights = [24, 25].map(day => ({
      from: `2026-11-${day}T01:00:00.000Z`,
      to: `2026-11-${day}T03:00:00.000Z`,
    }));
    await announce(
      'k-2',
      maintenance(t, { windows: nights, objects: [{ type: 'location', value: 'KRK1', windows: [1] }] }),
    );
    open = await announce(
      'k-3',
      outage({
        title: { en: 'Power'.repeat(20) },
        objects: [{ type: 'location', value: 'WAW1', impact: 'degraded' }],
      }),
    );
    await does(t, open, 'update', {
      state: 'identified',
      text: { en: 'A line.\nAnother line.', pl: 'Wiersz.' },
    });
    t.clock.forward(3_000);
    site = await serveStatus(t.desk.status, undefined, async () => undefined);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await t?.close();
  });

  it.each([
    ['light', 390, 'en'],
    ['dark', 390, 'pl'],
    ['light', 1200, 'pl'],
    ['dark', 1200, 'en'],
  ] as const)(
    '%s, %i wide, %s: nothing that axe finds fault with, nothing to scroll sideways, nothing refused',
    async (colorScheme, width, lang) => {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
      const trouble: string[] = [];
      page.on(
        'console',
        line => line.type() === 'error' && !line.text().includes('favicon') && trouble.push(line.text()),
      );
      for (const path of ['/status', '/status/history', `/status/N-${open}`, '/status/N-999']) {
        await page.goto(`${site.url}${path}?lang=${lang}`);
        // Scripts of the page's own are refused; this one comes from outside of it.
        await page.evaluate(axe.source);
        const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
        expect(violations.map(({ id, nodes }) => [path, id, nodes.map(one => one.html)])).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        expect(await page.evaluate('getComputedStyle(document.querySelector(".page")).maxWidth')).toBe(
          '736px',
        );
      }
      expect(trouble.filter(line => !line.includes('404'))).toEqual([]);
      await page.close();
    },
  );

  it('works without JavaScript: a reader finds the notice, its page and the other language', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(`${site.url}/status`);
    await page.getByRole('link', { name: `Outage N-${open}` }).click();
    await page.getByText('Another line.').waitFor();
    await page.getByRole('link', { name: 'Polski' }).click();
    await page.getByText('Wiersz.').waitFor();
    await page.getByRole('link', { name: 'Jak jest teraz' }).click();
    await page.getByRole('heading', { name: 'Planowane', exact: true }).waitFor();
    await context.close();
  });
});
