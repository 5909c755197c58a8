import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { isKnown, rents, sendsNotice, writesNotice } from './provider.ts';
import { inWorld, textsOf } from './steps.ts';

// In Warsaw the clocks go back on 25 October 2026 at 03:00, in New York on 1 November at 02:00. The desk is in Warsaw.
const world = inWorld({ at: '2026-10-20T12:00:00Z', slackDesk: true });
const bob = () => world.discord.person('bob');
const cleo = () => world.slack.person('cleo');
const ana = () => world.telegram.person('ana');
const ben = () => world.slack.person('ben');

/** Lets time pass until so many ms before a moment. */
const until = (moment: string, before = 0): void =>
  world.forward(Date.parse(moment) - before - world.now().getTime());

/** How often somebody was told something. */
/** An answer in a thread that stands in the chat too is one message. */
const times = (who: Person, what: RegExp): number =>
  new Set(
    who
      .screen()
      .places.flatMap(({ messages }) => messages.flatMap(({ id, text }) => (what.test(text) ? [id] : []))),
  ).size;

/** Everything that is due now was done, and everything that was to be sent has been. */
async function rests(): Promise<void> {
  world.pace(20);
  await world.desk.tick();
  const waits = () => world.database.sql`select channel, rank, backlog, wake_at from lane where backlog > 0`;
  await expect.poll(waits, { timeout: 15_000 }).toEqual([]);
  world.pace(1);
}

test('work across the night in which Warsaw sets its clocks back: each reads their own hours and UTC, and is reminded at the right moment', async () => {
  await rents(world, 'ana', {
    language: 'pl',
    rack: 'R12',
    as: await isKnown(ana()),
  });
  await rents(world, 'ben', { zone: 'America/New_York', rack: 'r12', as: await isKnown(ben()) });
  await rents(world, 'eve', { rack: 'R13' });
  await writesNotice(bob(), '/notice maintenance', '#general', {
    title: 'New power strip',
    text: 'We replace a power strip.',
    polish: 'Nowa listwa\nWymieniamy listwę zasilającą.',
    about: 'waw1/r12',
    when: '2026-10-25 01:00 - 04:00\nauto',
  });
  await bob().sees('2 contacts of 2 accounts');
  await bob().sees('rack waw1/r12 (outage): 2 services of 2 accounts');
  await bob().sees('Sun 25 Oct 01:00 (UTC+2) – Sun 25 Oct 04:00 (UTC+1)');
  await bob().presses('Send it', '#general');
  const utc = 'Sat 24 Oct 23:00 – Sun 25 Oct 03:00 UTC';
  await ben().sees(`When: Sat 24 Oct 19:00–23:00 (UTC−4) = ${utc}`);
  await world.mail.person('ben').sees(`Sat 24 Oct 19:00–23:00 (UTC−4) = ${utc}`);
  const polish = await ana().sees('Nowa listwa');
  expect(polish).toContain(
    'niedz. 25 paź 01:00 (UTC+2) – niedz. 25 paź 04:00 (UTC+1) = sob. 24 paź 23:00 – niedz. 25 paź 03:00 UTC',
  );
  expect(polish).toContain('W trakcie, niedz. 25 paź, zmienia się czas: z UTC+2 na UTC+1.');
  expect(textsOf(ben()).join()).not.toMatch(/clocks change/i);

  const early: string[] = [];
  for (const [moment, english, inPolish] of [
    ['2026-10-23T23:00:00Z', 'This begins in 1 day.', 'Czas do rozpoczęcia: 1 dzień.'],
    ['2026-10-24T22:00:00Z', 'This begins in 1 hour.', 'Czas do rozpoczęcia: 1 godzina.'],
    ['2026-10-24T23:00:00Z', 'This begins now.', 'Właśnie się zaczyna.'],
    ['2026-10-25T03:00:00Z', 'This is done.', 'Gotowe.'],
  ] as const) {
    // What is under way when time jumps would be taken as lost.
    await rests();
    until(moment, 600_000);
    await rests();
    if (textsOf(ben()).some(text => text.includes(english))) early.push(english);
    until(moment);
    await ben().sees(english);
    await ana().sees(inPolish);
  }
  expect(early).toEqual([]);
  await rests();
  expect([times(ben(), /This begins in/), times(ana(), /25 paź 01:00 \(UTC\+2\)/)]).toEqual([2, 4]);
  expect(JSON.stringify(world.mail.person('eve').mailbox())).not.toContain('N-1');
});

test('work that is moved beyond the night in New York tells each of the change that lies before it, and of no other', async () => {
  await writesNotice(cleo(), '/notice maintenance', '#support-desk', {
    title: 'New cable',
    text: 'We lay a cable.',
    about: 'WAW1/R12',
    when: '2026-10-28 02:00 - 04:00',
  });
  await cleo().sees('Wed 28 Oct 02:00–04:00 (UTC+1)');
  await sendsNotice(cleo(), '#support-desk');
  await ben().sees('Tue 27 Oct 21:00–23:00 (UTC−4) = Wed 28 Oct 01:00–03:00 UTC');
  expect(textsOf(ben()).join()).not.toMatch(/clocks change/i);
  await writesNotice(cleo(), '/notice reschedule 2', '#support-desk', { when: '2026-11-02 02:00 - 04:00' });
  await sendsNotice(cleo(), '#support-desk');
  const moved = await ben().sees('It was planned for Tue 27 Oct 21:00–23:00 (UTC−4)');
  expect(moved).toContain('Sun 1 Nov 20:00–22:00 (UTC−5) = Mon 2 Nov 01:00–03:00 UTC');
  expect(moved).toContain('The clocks change before then, on Sun 1 Nov, from UTC−4 to UTC−5.');
  await ben().says('/ticket status');
  const asked = await ben().watches(
    ({ places }) =>
      places.some(({ messages }) => messages.some(one => one.ephemeral && /N-2.*\(UTC−5\)/s.test(one.text))),
    'what concerns him now',
  );
  expect(asked.alerts).toEqual([]);
  const polish = await ana().sees('pon. 2 lis 02:00–04:00 (UTC+1) = pon. 2 lis 01:00–03:00 UTC');
  expect(polish).not.toContain('zmienia się czas');
});

test('an hour that comes twice is asked about, and taken as it is said to write it; one that does not exist is refused', async () => {
  // Half a year on, and a year: before the clocks go forward, and back again.
  await rests();
  until('2027-03-20T12:00:00Z');
  const work = { title: 'New disk', text: 'We change a disk.', about: 'WAW1' };
  await cleo().says('/notice maintenance', '#support-desk');
  await cleo().watches(({ modal }) => modal !== null, 'the form');
  await cleo().fills({ ...work, when: '2027-03-28 02:30 - 04:00' });
  await cleo().submits();
  await cleo().sees(
    'This hour does not exist: 2027-03-28 02:30 - 04:00. The clocks jump from 02:00 to 03:00.',
  );
  await cleo().fills({ ...work, when: '2027-10-31 02:30 - 04:00' });
  await cleo().submits();
  await cleo().sees('Write 02:30 +02:00 or 02:30 +01:00.');
  await cleo().dismisses();
  expect(await world.desk.api.notices.list()).toHaveLength(2);

  await bob().says('/notice maintenance', '#general');
  await bob().watches(({ modal }) => modal !== null, 'the form');
  await bob().fills({ ...work, when: '2027-10-31 02:30 - 04:00' });
  await bob().submits();
  await bob().sees('This hour comes twice, because the clocks are set back');
  await bob().presses('Correct it', '#general');
  await bob().watches(({ modal }) => modal !== null, 'the form');
  await bob().fills({ ...work, when: '2027-10-31 02:30 +01:00 - 04:00' });
  await bob().submits();
  await bob().sees('Sun 31 Oct 02:30–04:00 (UTC+1) = Sun 31 Oct 01:30–03:00 UTC');
  await bob().presses('Change it', '#general');
  await bob().watches(({ modal }) => modal !== null, 'the form');
  await bob().fills({ when: '2027-10-31 02:30 +02:00 - 04:00' });
  await bob().submits();
  await bob().sees('Sun 31 Oct 02:30 (UTC+2) – Sun 31 Oct 04:00 (UTC+1) = Sun 31 Oct 00:30–03:00 UTC');
});
