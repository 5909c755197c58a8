import { expect, test } from 'vitest';
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

async function rents(name: string): Promise<void> {
  const known = { language: null, time_zone: null };
  await world.desk.api.accounts.put([
    {
      ref: `A-${name}`,
      name: `${name} Ltd`,
      tier: null,
      state: 'active',
      contacts: [
        { ref: `c-${name}`, name, roles: ['technical'], addresses: [`${name}@example.com`], ...known },
      ],
      services: [
        {
          ref: `s-${name}`,
          name: `Shop of ${name}`,
          kind: 'vps',
          order_number: '445566',
          networks: [],
          location: 'WAW1',
          state: 'active',
        },
      ],
      ...known,
    },
  ]);
}

/** Cleo tells of something in the desk's channel of Slack. */
async function tells(command: string, values: Record<string, string>): Promise<void> {
  await cleo().says(command, '#support-desk');
  await cleo().watches(({ modal }) => modal !== null, 'the form');
  await cleo().fills(values);
  await cleo().submits();
  await cleo().sees('Nothing has been sent yet.');
}

async function sends(): Promise<void> {
  await cleo().presses('Send it', cleo().screen().modal === null ? '#support-desk' : undefined);
  await cleo().watches(screen => JSON.stringify(screen).includes('is on its way'), 'that it is on its way');
  while (cleo().screen().modal !== null) await cleo().dismisses();
}

test('an outage is on the public page once it is confirmed, with all news, and in the history when it is over; what is one customer’s never', async () => {
  await rents('ben');
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
