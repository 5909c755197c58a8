/** What is written in a bubble and has not gone yet: it is of who wrote it, and is never lost. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { box, log, opens, useBubbles, writes } from './bubbles.ts';
import { goesToPost } from './steps.ts';

describe.skipIf(!hasBrowser)('what has not gone yet (skipped where there is no Chromium)', () => {
  const bubbles = useBubbles();

  /** A page of somebody who is signed in, whose words do not reach the desk. */
  async function writesInVain(page: Page, text: string): Promise<void> {
    await page.context().setOffline(true);
    await writes(page, text);
    await log(page).getByText('Sending…').waitFor();
  }
  const identifies = (page: Page, who: string): Promise<unknown> =>
    page.evaluate(`switchdesk.identify(${JSON.stringify(bubbles.w.website.tokenFor(who, who))})`);
  const stood = async (text: string): Promise<string[]> =>
    (
      await bubbles.w.database.sql<{ address: string }[]>`
        select address from line join room on room.id = room_id where body::text like ${`%${text}%`} and not ours`
    ).map(({ address }) => address);
  const pick = (page: Page, ...names: string[]): Promise<void> =>
    page
      .locator('input[type=file]')
      .setInputFiles(
        names.map(name => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`in ${name}`) })),
      );

  it('goes as its writer and nobody else who signs in to the same browser', async () => {
    const shared = await bubbles.context();
    const page = await bubbles.visit(shared, '/?as=ann');
    await writes(page, 'hello from ann');
    await log(page).getByText('Delivered').waitFor();
    await writesInVain(page, 'my password is swordfish');
    await box(page).fill('and my mother’s name');
    await pick(page, 'private.txt');
    await identifies(page, 'bert');
    expect(await box(page).inputValue()).toBe('');
    expect(await log(page).textContent()).not.toMatch(/swordfish|hello from ann/);
    expect(await page.getByText('private.txt').count()).toBe(0);
    await shared.setOffline(false);
    await writes(page, 'hello from bert');
    await log(page).getByText('Delivered').waitFor();
    const reloaded = await bubbles.visit(shared, '/?as=cleo');
    await writes(reloaded, 'hello from cleo');
    await log(reloaded).getByText('Delivered').waitFor();
    expect(await log(reloaded).textContent()).not.toContain('swordfish');
    expect(await stood('swordfish')).toEqual([]);
    await identifies(page, 'ann');
    await expect.poll(() => stood('swordfish')).toEqual(['c-ann']);
    await log(page).getByText('hello from ann').waitFor();
    expect(await log(page).textContent()).not.toContain('hello from bert');
  });

  it('a token that is renewed leaves what is typed where it is', async () => {
    const page = await bubbles.visit(await bubbles.context(), '/?as=dora');
    await box(page).fill('half a thou');
    await identifies(page, 'dora');
    expect(await box(page).inputValue()).toBe('half a thou');
  });

  it('the words go without a file that cannot be brought, and it is said which', async () => {
    const page = await bubbles.visit(await bubbles.context());
    let brought = 0;
    await page.route('**/chat/files', route => {
      if (route.request().method() === 'POST') brought += 1;
      return brought === 2 ? route.abort() : route.continue();
    });
    await pick(page, 'one.txt', 'two.txt', 'three.txt');
    await writes(page, 'see the attached files');
    await log(page).getByText('Delivered').waitFor();
    await log(page).getByText('did not reach us').waitFor();
    const told = (await log(page).getByText('did not reach us').textContent()) ?? '';
    const bob = bubbles.w.discord.person('bob');
    const [ticket] = await bubbles.w.database.sql<{ id: number }[]>`select max(id)::int as id from ticket`;
    await goesToPost(bob, ticket?.id ?? 0);
    await bob.sees('see the attached files');
    const names = ['one.txt', 'two.txt', 'three.txt'];
    expect(names.filter(name => told.endsWith(`: ${name}`))).toHaveLength(1);
    for (const name of names) if (!told.endsWith(`: ${name}`)) await bob.sees(name);
    await page.unroute('**/chat/files');
    await page.route('**/chat/files', route => route.abort());
    await pick(page, 'only.txt');
    await box(page).press('Enter');
    await expect.poll(() => log(page).getByText('did not reach us').count()).toBe(2);
    expect(await log(page).getByText('Sending…').count()).toBe(0);
  });

  it('words whose window is closed while their files are on the way go by the next one', async () => {
    const visitor = await bubbles.context();
    const page = await bubbles.visit(visitor);
    await page.route('**/chat/files', () => undefined);
    await pick(page, 'long.txt');
    await writes(page, 'the window was closed');
    await expect
      .poll(() => page.evaluate('Object.keys(localStorage).some(name => name.startsWith("switchdesk:out:"))'))
      .toBe(true);
    await page.close();
    const next = await bubbles.context({ storageState: await visitor.storageState() });
    await next.clock.install({ time: Date.now() + 20_000 });
    const again = await bubbles.visit(next);
    await log(again).getByText('Delivered').waitFor();
    expect(await log(again).getByText('did not reach us').textContent()).toMatch(/: long\.txt$/);
    expect(await stood('the window was closed')).toHaveLength(1);
  });

  it('what the desk has of it no more does not hold the words back', async () => {
    const visitor = await bubbles.context();
    const page = await bubbles.visit(visitor);
    await writes(page, 'first words');
    await log(page).getByText('Delivered').waitFor();
    const lost = { key: 'key-of-lost-words', text: 'the words count', at: Date.now(), who: 'visitor' };
    const files = [{ id: `${'a'.repeat(22)}.${'b'.repeat(22)}`, name: 'gone.txt' }];
    await page.evaluate(
      `localStorage.setItem('switchdesk:out:${lost.key}', ${JSON.stringify(JSON.stringify({ ...lost, files }))})`,
    );
    await page.reload();
    await opens(page);
    await log(page).getByText('gone.txt').waitFor();
    await expect.poll(() => stood('the words count')).toHaveLength(1);
    expect(await log(page).getByText('did not reach us').textContent()).toMatch(/: gone\.txt$/);
  });

  it('what the desk could not take at first stands before what was written after it', async () => {
    const visitor = await bubbles.context();
    // As when its database comes back between one frame and the next.
    let turnedAway = false;
    await visitor.routeWebSocket(/chat\/live/, socket => {
      const desk = socket.connectToServer();
      socket.onMessage(data => {
        const frame = JSON.parse(String(data)) as { readonly text?: string; readonly key?: string };
        if (turnedAway || frame.text !== 'said first') return desk.send(data);
        turnedAway = true;
        socket.send(JSON.stringify({ t: 'no', why: 'later', key: frame.key }));
      });
    });
    const page = await bubbles.visit(visitor);
    await writes(page, 'said before');
    await log(page).getByText('Delivered').waitFor();
    await writesInVain(page, 'said first');
    await writes(page, 'said second');
    await visitor.setOffline(false);
    await expect.poll(() => log(page).getByText('Delivered').count()).toBe(3);
    const lines = await bubbles.w.database.sql<{ text: string }[]>`
      select body ->> 'text' as text from line where body ->> 'text' like 'said %' order by ref`;
    expect(lines.map(({ text }) => text)).toEqual(['said before', 'said first', 'said second']);
    expect(turnedAway).toBe(true);
  });

  it('an answer is seen once the desk knows that it was, by whichever window', async () => {
    const visitor = await bubbles.context();
    const page = await bubbles.visit(visitor);
    await writes(page, 'is anybody there to be seen');
    const bob = bubbles.w.discord.person('bob');
    const [ticket] = await expect
      .poll(() => bubbles.w.database.sql`select max(id) as id from ticket where subject like '%to be seen%'`)
      .not.toEqual([{ id: null }])
      .then(() => bubbles.w.database.sql<{ id: number }[]>`select max(id)::int as id from ticket`);
    await log(page).getByText('your message has reached us').waitFor();
    await page.getByRole('button', { name: 'Close the chat' }).click();
    await goesToPost(bob, ticket?.id ?? 0);
    await bob.says('Somebody is.');
    await page.getByRole('button', { name: /^Open the chat: new messages/ }).waitFor();
    const other = await bubbles.visit(visitor);
    await log(other).getByText('Somebody is.').waitFor();
    // Read there: nothing is new here any more.
    await page.getByRole('button', { name: 'Open the chat', exact: true }).waitFor();
    const [room] = await bubbles.w.database.sql<{ isSeen: boolean }[]>`
      select seen >= (select ref from line where room_id = room.id and body ->> 'text' = 'Somebody is.') as "isSeen"
      from room order by id desc limit 1`;
    expect(room?.isSeen).toBe(true);
  });
});
