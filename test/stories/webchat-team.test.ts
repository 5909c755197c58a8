/** What comes from the team into a bubble, and what strangers bring: in a real browser, with the desk in Discord. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { log, opens, useBubbles, writes } from './bubbles.ts';
import { goesToPost } from './steps.ts';

/** Runs, if anything reads it as HTML. */
const HOSTILE = '<img src=x onerror=window.hacked=1>';
/** A picture of one dot. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe.skipIf(!hasBrowser)('the team and the bubble (skipped where there is no Chromium)', () => {
  const bubbles = useBubbles({
    policy: (policy, { discord }) => ({
      ...policy,
      people: [
        { id: 'bob', name: 'Bob Miller', public: HOSTILE, reach: { discord: discord.person('bob').id } },
      ],
    }),
  });

  /** A page with a chat of its own, and Bob in front of its post. */
  async function chats(words: string, path = '/') {
    const context = await bubbles.context();
    await context.clock.install();
    const page = await bubbles.visit(context, path);
    const bob = bubbles.w.discord.person('bob');
    const tickets = () =>
      bubbles.w.database.sql<{ id: number }[]>`select id from ticket order by id desc limit 1`;
    const before = (await tickets())[0]?.id ?? 0;
    await writes(page, words);
    await expect.poll(async () => (await tickets())[0]?.id, { timeout: 20_000 }).toBeGreaterThan(before);
    await log(page).getByText('your message has reached us').waitFor();
    await goesToPost(bob, (await tickets())[0]?.id ?? 0);
    return { page, bob };
  }
  const writing = (page: Page) => page.getByText('The team is writing…');

  it('that somebody of the team types is seen until they have said it, at most ten seconds, and is kept nowhere', async () => {
    const { page, bob } = await chats('does anybody type');
    const kept = async (): Promise<number> =>
      (
        await bubbles.w.database
          .sql`select from receipt union all select from line union all select from event`
      ).count;
    const before = await kept();
    await bob.startsTyping();
    await writing(page).waitFor();
    await page.clock.fastForward(9_000);
    await bob.startsTyping();
    await page.clock.fastForward(500);
    expect(await kept()).toBe(before);
    await bob.says('Here I am.');
    await log(page).getByText('Here I am.').waitFor();
    expect(await writing(page).count()).toBe(0);
    await bob.startsTyping();
    await writing(page).waitFor();
    await page.clock.fastForward(10_100);
    await writing(page).waitFor({ state: 'detached' });
  });

  /** Brings files into the panel as dragging or pasting does. */
  async function brings(page: Page, how: 'drop' | 'paste', names: readonly string[]): Promise<void> {
    const dot = JSON.stringify(PNG);
    await page.evaluate(`(() => {
      const panel = document.querySelector('#switchdesk-chat').shadowRoot.querySelector('.panel');
      const bytes = Uint8Array.from(atob(${dot}), sign => sign.charCodeAt(0));
      const data = new DataTransfer();
      for (const name of ${JSON.stringify(names)}) data.items.add(new File([bytes], name, { type: 'image/png' }));
      const event = '${how}' === 'drop'
        ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
        : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      if (panel.dispatchEvent(event)) throw new Error('the browser would have opened it');
    })()`);
  }

  it.each(['drop', 'paste'] as const)(
    'files that come by %s are at the desk, and neither their names nor those of people do anything',
    async how => {
      const { page, bob } = await chats(`files by ${how}`);
      const names = [`${HOSTILE}.png`, 'invoice\u202Egnp.exe', '../../etc/passwd.png', 'C:\\temp\\dot.png'];
      await brings(page, how, names);
      for (const name of names) await page.getByRole('button', { name, exact: false }).first().waitFor();
      await writes(page, 'see these');
      await bob.sees('see these');
      await bob.says('Thank you.');
      await log(page).getByText('Thank you.').waitFor();
      await log(page).getByText(`${HOSTILE} ·`).waitFor();
      const files = (): string[] =>
        bob
          .screen()
          .places.flatMap(({ messages }) =>
            messages.flatMap(one => (one.files ?? []).map(({ name }) => name)),
          );
      await expect
        .poll(() => files().filter(name => name.includes('passwd')).length, { timeout: 20_000 })
        .toBeGreaterThan(0);
      expect(files().filter(name => /[\u202A-\u202E\u2066-\u2069/\\<>]/u.test(name))).toEqual([]);
      const identity = bubbles.w.website.tokenFor(`mallory-${how}`, HOSTILE);
      await page.evaluate(`switchdesk.identify(${JSON.stringify(identity)})`);
      await writes(page, `${HOSTILE} says`);
      await log(page).getByText('Delivered').waitFor();
      await page.reload();
      await opens(page);
      await log(page).getByText('see these').waitFor();
      for (const name of names) await log(page).getByText(name).first().waitFor();
      expect(await page.evaluate('window.hacked')).toBeUndefined();
      const alien = `[...document.querySelector('#switchdesk-chat').shadowRoot.querySelectorAll('*')].filter(
        one => /^(?:img|script|iframe)$/i.test(one.tagName) || [...one.attributes].some(({ name }) => name.startsWith('on'))).length`;
      expect(await page.evaluate(alien)).toBe(0);
    },
  );
});
