import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { isKnown, rents, sendsNotice, writesNotice } from './provider.ts';
import { inWorld } from './steps.ts';

const world = inWorld({ at: '2026-11-29T12:00:00Z', slackDesk: true });
const bob = () => world.discord.person('bob');
const cleo = () => world.slack.person('cleo');
const HOUR = 3_600_000;

/** Whoever of the staff writes in Slack does so in the desk's channel. */
const sends = (who: Person, answer?: string): Promise<void> => sendsNotice(who, '#support-desk', answer);

const mailsOf = (name: string): string => JSON.stringify(world.mail.person(name).mailbox());

test('maintenance is seen first, told, moved after half were told, and cancelled while it is sent', async () => {
  world.mail.addPerson({ name: 'ula', address: 'ula@example.com', locale: 'pl' });
  await rents(world, 'ben', { as: await isKnown(world.slack.person('ben')) });
  await rents(world, 'ula', { language: 'pl' });
  world.mail.addFault({ match: /RCPT.*ula@/i, times: 1_000, kind: 'status', status: 451 });
  await writesNotice(bob(), '/notice maintenance', '#general', {
    title: 'New switch <@everyone>',
    text: 'We replace a switch.',
    polish: 'Nowy przełącznik\nWymieniamy przełącznik.',
    about: 'WAW1 = degraded',
    when: '2026-12-06 02:00 - 04:00\nauto',
  });
  await bob().sees('2 contacts of 2 accounts');
  await bob().sees('location WAW1 (degraded): 2 services of 2 accounts');
  expect(mailsOf('ben')).not.toContain('New switch');
  await bob().presses('Send it', '#general');
  await bob().sees('N-1 is on its way');
  const ben = world.slack.person('ben');
  await ben.sees('Planned maintenance N-1: New switch');
  await ben.sees('Sun 6 Dec 02:00–04:00 (UTC+1) = Sun 6 Dec 01:00–03:00 UTC');
  await ben.sees('Concerns: Shop of ben');
  await world.mail.person('ben').sees('We replace a switch.');

  await writesNotice(cleo(), '/notice reschedule 1', '#support-desk', { when: '2026-12-07 02:00 - 04:00' });
  await sends(cleo());
  await ben.sees('Planned maintenance N-1 (new time)');
  await ben.sees('It was planned for Sun 6 Dec 02:00–04:00');

  await cleo().says('/notice cancel 1 The part is late.', '#support-desk');
  await cleo().sees('This will not take place.');
  await sends(cleo());
  await ben.sees('Planned maintenance N-1 (cancelled)');
  world.mail.clearFaults();
  world.forward(HOUR);
  world.pace(20);
  const open = async () =>
    (await world.desk.api.notices.get(1))?.board.some(one => one.planned + one.sending > 0);
  await expect.poll(open, { timeout: 15_000 }).toBe(false);
  world.pace(1);
  await cleo().says('/notice show 1', '#support-desk');
  await cleo().sees(
    /announcement: sent 1, waiting 0, .* overtaken 1[\s\S]*new time: sent 1, .* overtaken 1[\s\S]*cancelled: sent 1, .* overtaken 1/,
  );
  expect(mailsOf('ula')).not.toContain('N-1');
});

test('an outage is told, updated and resolved; who is no staff cannot, and two who write at once see each other', async () => {
  const ben = world.slack.person('ben');
  await ben.says('/notice outage');
  await ben.sees('Only support staff can do this.');
  await writesNotice(cleo(), '/notice outage', '#support-desk', {
    title: 'Power',
    text: 'A feed is down.',
    about: 'WAW1',
  });
  await sends(cleo());
  await ben.sees('Outage N-2: Power');
  await world.mail.person('ula').sees('Awaria N-2');
  await cleo().says('/notice update 2 A fuse is gone.', '#support-desk');
  await cleo().sees('A fuse is gone.');
  await bob().says('/notice update notice:2', '#general');
  await bob().watches(({ modal }) => modal !== null, 'the form');
  await bob().fills({ text: 'We put in a new fuse.', state: 'cause found' });
  await bob().submits();
  await bob().sees('We put in a new fuse.');
  await sends(cleo(), 'Somebody has changed it meanwhile.');
  await bob().presses('Send it', '#general');
  await ben.sees('We have found the cause and are working on it.');
  await cleo().says('/notice resolve 2 All is well again.', '#support-desk');
  await cleo().sees('All is well again.');
  await sends(cleo());
  await ben.sees('Outage N-2 (resolved): Power');
  expect(mailsOf('ben')).not.toContain('A fuse is gone.');
});
