import { expect, test } from 'vitest';
import { maintnote } from '../adapters/alerts/calendars.ts';
import { source } from '../core/alert/kit.ts';
import { eventsAt } from '../harness/people.ts';
import { rents } from './provider.ts';
import { goesToPost, inWorld, textsOf } from './steps.ts';

const world = inWorld({
  at: '2026-11-29T12:00:10Z',
  policy: policy => ({
    ...policy,
    alerts: [
      source('carrier', {
        kind: 'mail',
        from: ['@carrier.example'],
        values: { 'circuit-7': 'WAW1 = degraded' },
      }),
    ],
  }),
});
const bob = () => world.discord.person('bob');
const ben = () => world.slack.person('ben');
const noc = () =>
  world.mail.people.find(({ name }) => name === 'noc') ??
  world.mail.addPerson({ name: 'noc', address: 'noc@carrier.example', locale: 'en' });

const calendar = (given: Parameters<typeof maintnote>[0]) => ({
  name: 'maintenance.ics',
  bytes: Buffer.from(maintnote(given)),
});

test('a carrier announces work by mail, staff see a draft on our objects, and send it; a new date follows by mail', async () => {
  await ben().says('/ticket list');
  await ben().sees('You have no tickets.');
  await rents(world, 'ben', { addresses: [], as: ben() });
  await noc().writes({
    subject: 'Maintenance #1 scheduled',
    text: 'Please see the calendar.',
    headers: { 'Auto-Submitted': 'auto-generated', Precedence: 'bulk' },
    files: [calendar({ sequence: 1, status: 'CONFIRMED' })],
  });
  const isPost = ({ title }: { title: string }): boolean => title.startsWith('Work N-1');
  const { places } = await bob().watches(screen => screen.places.some(isPost), 'the post of the work');
  await bob().goes(places.find(isPost)?.id ?? '');
  await bob().sees(/Core router upgrade[\s\S]*1 contact of 1 account/);
  expect(textsOf(ben()).join()).not.toContain('N-1');
  await bob().presses('Send it');
  await ben().sees('Planned maintenance N-1: Work of one of our suppliers in WAW1');
  await noc().writes({
    subject: 'Maintenance #1 moved',
    text: 'A new date.',
    files: [calendar({ sequence: 2, status: 'CONFIRMED', from: '20261207T010000Z', to: '20261207T030000Z' })],
  });
  await bob().sees('The supplier has something new about N-1');
  await bob().presses('Send it');
  await ben().sees('7 Dec');
  expect(textsOf(ben()).join()).not.toMatch(/carrier|circuit|router/i);
  expect(noc().mailbox()).toEqual([]);
  const rows = await world.database.sql`select why from aside order by id`;
  expect(rows).toEqual([{ why: 'supplier' }, { why: 'supplier' }]);
});

const isDay = ({ title }: { title: string }): boolean => title.startsWith('Alerts 2026-11-29');
const goesToDay = async (): Promise<void> => {
  const { places } = await bob().watches(screen => screen.places.some(isDay), 'the post of the day');
  await bob().goes(places.find(isDay)?.id ?? '');
};
const linesWith = (words: string): number => textsOf(bob()).filter(text => text.includes(words)).length;

test('what they write beside a calendar that tells nothing later is a line for staff, and so is what that says else', async () => {
  const moved = { sequence: 2, status: 'CONFIRMED', from: '20261129T220000Z', to: '20261129T235900Z' };
  const tonight = {
    subject: 'URGENT change of circuit-7',
    text: 'We have to do it TONIGHT at 23:00 instead.',
    files: [calendar(moved)],
  };
  await noc().writes(tonight);
  await goesToDay();
  await bob().sees(/Sun 29 Nov[\s\S]*something else of it before[\s\S]*7 Dec[\s\S]*That is N-1/);
  await bob().sees(
    /supplier carrier whose calendar tells nothing[\s\S]*URGENT change of circuit-7[\s\S]*TONIGHT/,
  );
  await noc().writes(tonight);
  await noc().writes({ ...tonight, text: 'We wait for your answer.' });
  await bob().sees('We wait for your answer.');
  expect(linesWith('TONIGHT')).toBe(1);
  expect(linesWith('something else of it before')).toBe(1);
  await noc().writes({
    subject: 'Two nights',
    text: 'And one more.',
    files: [
      calendar({ ...moved, stamp: '20261129T120100Z' }),
      calendar({ uid: 'nights@carrier.example', lines: ['RRULE:FREQ=DAILY;COUNT=2'] }),
    ],
  });
  await bob().sees(/supplier carrier with a calendar that cannot be read[\s\S]*Two nights/);
  const isPost = ({ title }: { title: string }): boolean => title.startsWith('Work N-1');
  await bob().goes(bob().screen().places.find(isPost)?.id ?? '');
  await bob().sees(/The supplier has something new about N-1[\s\S]*Sun 29 Nov/);
  expect(await world.database.sql`select uid from supplier_work`).toEqual([{ uid: '42@carrier.example' }]);
});

test('what they answer in a ticket goes into it, with its calendar, which is taken, too', async () => {
  const asked = eventsAt({ now: world.now, forward: world.forward }).submits('noc@carrier.example', {
    subject: 'Cross-connect',
  });
  await world.desk.accept('email', { ...asked, from: { ...asked.from, space: '', locale: 'en' } });
  await noc().sees(/\[#1\] Cross-connect/);
  await noc().writes({
    subject: 'Re: [#1] Cross-connect',
    text: 'We need another hour for it.',
    answers: noc().mailbox().at(-1)?.id ?? '',
    files: [calendar({ sequence: 1, status: 'CONFIRMED', uid: '43@carrier.example' })],
  });
  await goesToPost(bob(), 1);
  await bob().sees(/We need another hour for it/);
  await bob().watches(
    ({ places }) => places.some(({ title }) => title.startsWith('Work N-2')),
    'the post of the other work',
  );
});

test('a letter of theirs without a calendar is a line for staff, and whoever only says that they are the carrier drafts nothing', async () => {
  await noc().writes({ subject: 'Fibre cut near Poznań', text: 'Circuit 7 may flap <@everyone>.' });
  await goesToDay();
  await bob().sees(
    /supplier carrier without a calendar[\s\S]*Fibre cut near Poznań[\s\S]*Circuit 7 may flap/,
  );
  await world.mail.person('eve').writes({
    as: 'noc@carrier.example',
    subject: 'Maintenance',
    text: 'All of it.',
    files: [calendar({ uid: 'forged@carrier.example', status: 'CONFIRMED' })],
  });
  await bob().sees(/#2 Maintenance/);
  expect(await world.database.sql`select uid from supplier_work where uid like 'forged%'`).toEqual([]);
  expect(await world.database.sql`select count(*)::int as n from ticket`).toEqual([{ n: 2 }]);
});
