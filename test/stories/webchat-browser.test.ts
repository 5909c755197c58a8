/** The bubble itself, in a real browser, on a page with a strict policy, with the desk in Discord. */
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { log, opens, shoots, useBubbles, writes } from './bubbles.ts';
import { goesToPost } from './steps.ts';

describe.skipIf(!hasBrowser)('the bubble in a real browser (skipped where there is no Chromium)', () => {
  const bubbles = useBubbles();

  it('a visitor and the desk talk; a reload, a second tab and a lost connection lose nothing and double nothing', async () => {
    const { w } = bubbles;
    const away = await bubbles.context();
    const one = await bubbles.visit(away);
    await writes(one, 'Is *this* <b>thing</b> on?');
    await log(one).getByText('your message has reached us').waitFor();
    const bob = w.discord.person('bob');
    await goesToPost(bob, 1);
    await bob.says('It **is**.');
    await log(one).getByText('It is.').waitFor();
    await shoots(one, 'talk-light');
    const two = await bubbles.visit(away);
    await log(two).getByText('It is.').waitFor();
    await one.reload();
    await opens(one);
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
    const page = await bubbles.visit(
      await bubbles.context({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true }),
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
