import { expect, test } from 'vitest';
import { rents, sendsNotice, writesNotice } from './provider.ts';
import { inWorld } from './steps.ts';

const world = inWorld({ at: '2026-11-29T12:00:00Z', slackDesk: true });
const bob = () => world.discord.person('bob');
const cleo = () => world.slack.person('cleo');

/** The page as anybody sees it who has never heard of the desk. */
async function page(path = '/status'): Promise<string> {
  world.forward(3_000);
  const response = await fetch(`${world.door.url}${path}`);
  return response.status === 200 ? response.text() : `${response.status}`;
}

/** Cleo tells of something in the desk's channel of Slack. */
const tells = (command: string, values: Record<string, string>): Promise<void> =>
  writesNotice(cleo(), command, '#support-desk', values);
const sends = (): Promise<void> => sendsNotice(cleo(), '#support-desk');

test('an outage is on the public page once it is confirmed, with all news, and in the history when it is over; what is one customer’s never', async () => {
  await rents(world, 'ben', { order: '445566', language: null, zone: null });
  expect(await page()).toContain('Everything works');
  await tells('/notice outage', { title: 'Power <b>', text: 'A feed is down.', about: 'WAW1' });
  expect(await page()).not.toContain('Power');
  expect(await page('/status/N-1')).toBe('404');
  await sends();
  const told = await page();
  expect(told).toContain('Something is not available');
  expect(told).toContain('Outage N-1: Power &lt;b&gt;');
  expect(told).toContain('WAW1: not available');
  await world.mail.person('ben').sees('A feed is down.');

  await bob().says('/notice update notice:1', '#general');
  await bob().watches(({ modal }) => modal !== null, 'the form');
  await bob().fills({ text: 'We put in a new fuse.', state: 'cause found' });
  await bob().submits();
  await bob().sees('We put in a new fuse.');
  expect(await page('/status/N-1')).not.toContain('fuse');
  await bob().presses('Send it', '#general');
  await bob().sees('is on its way');
  const news = await page('/status/N-1?lang=pl');
  expect(news.indexOf('We put in a new fuse.')).toBeLessThan(news.indexOf('A feed is down.'));
  expect(news).toContain('Znamy przyczynę i pracujemy nad naprawą.');
  expect(await page('/status.atom')).toContain('We put in a new fuse.');

  await cleo().says('/notice resolve 1 All is well again.', '#support-desk');
  await cleo().sees('All is well again.');
  await sends();
  const after = await page();
  expect(after).toContain('Everything works');
  expect(after).toMatch(/History<\/h2>.*Outage N-1: Power/s);
  expect(await page('/status/N-1')).toContain('All is well again.');

  await tells('/notice outage', { title: 'Disk of ben', text: 'Your disk is broken.', about: '#445566' });
  await sends();
  await world.mail.person('ben').sees('Your disk is broken.');
  for (const path of [
    '/status',
    '/status/history',
    '/status.json',
    '/status.atom',
    '/status.rss',
    '/status.ics',
  ])
    expect(await page(path)).not.toMatch(/Disk of ben|broken\.|445566|Shop of ben|ben Ltd|example\.com/);
  expect(await page('/status/N-2')).toBe('404');
});

test('somebody who is no customer follows the page by mail: asked first, told of each word, and done with one click', async () => {
  world.mail.addPerson({ name: 'zoe', address: 'zoe@example.org', locale: 'en' });
  const zoe = world.mail.person('zoe');
  const mails = (): string => JSON.stringify(zoe.mailbox());
  expect(await page()).toContain('action="/status/subscribe?lang=en"');
  const post = (url: string, body: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(body) }).then(one => one.text());
  expect(await post(`${world.door.url}/status/subscribe`, { address: 'Zoe@example.org' })).toContain(
    'look into your mailbox',
  );
  await zoe.sees('Somebody asked on the status page of Example Hosting');
  const link = /https?:[^\s"<>\\]+\/confirm\/[\w-]+/.exec(mails())?.[0] ?? '';
  expect(await (await fetch(link)).text()).toContain('Yes, please');
  expect(await post(link, { 'List-Unsubscribe': 'One-Click' })).toContain('You are subscribed');
  world.forward(60_000);
  await tells('/notice maintenance', {
    title: 'New core router',
    text: 'We replace it.',
    about: 'WAW1 = reduced',
    when: '2026-12-06 02:00 - 04:00',
  });
  await sends();
  await zoe.sees('Planned maintenance N-3 (announcement): New core router');
  await zoe.sees('Sun 6 Dec 02:00–04:00 (UTC+1)');
  expect(mails()).not.toMatch(/Shop of ben|ben Ltd/);
  const stop = /https?:[^\s"<>\\]+\/unsubscribe\/[\w.-]+/.exec(mails())?.[0] ?? '';
  expect(await post(stop, { 'List-Unsubscribe': 'One-Click' })).toContain('no more status messages');
  // Whoever was not told yet hears nothing of a cancel.
  await world.mail.person('ben').sees('Planned maintenance N-3: New core router');
  await cleo().says('/notice cancel 3 The part is late.', '#support-desk');
  await cleo().sees('This will not take place.');
  await sends();
  await world.mail.person('ben').sees('Planned maintenance N-3 (cancelled)');
  expect(mails()).not.toContain('(cancelled)');
});
