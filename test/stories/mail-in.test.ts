import { expect, test } from 'vitest';
import { goesToPost, inWorld, seesMark } from './steps.ts';

const world = inWorld();

test('Ana writes to support@, Bob answers at the desk, and she answers him: one ticket, one conversation', async () => {
  const ana = world.mail.person('ana');
  const bob = world.discord.person('bob');
  await ana.says('Poczta nie działa\nDzień dobry, od rana nie mogę wysłać poczty z 203.0.113.7.');
  await ana.sees(/\[#1\] Poczta nie działa[\s\S]*zgłoszenie/);
  await bob.sees(/#1 Poczta nie działa/);
  await goesToPost(bob, 1);
  await bob.sees(/od rana nie mogę wysłać/);
  await bob.presses('Claim');
  await bob.says('Dzień dobry, już **sprawdzamy**.');
  await seesMark(bob, 'Dzień dobry, już sprawdzamy.', '✅');
  await ana.sees('Dzień dobry, już *sprawdzamy*.', '[#1] Poczta nie działa');
  await ana.goes('[#1] Poczta nie działa');
  await ana.says('Dziękuję, czekam.');
  await bob.sees('Dziękuję, czekam.');
  expect(JSON.stringify(bob.screen())).not.toContain('pisze:');
  expect(ana.screen().places).toHaveLength(2);
  const [ticket] = await world.database.sql`
    select facts ->> 'server' as server, locale, (select count(*)::int from ticket) as tickets from ticket`;
  expect(ticket).toEqual({ server: '203.0.113.7', locale: 'pl', tickets: 1 });
});

test('Eve writes in Ben’s name: nobody is fooled, and Ben’s ticket is not touched', async () => {
  const [ben, eve, bob] = [world.mail.person('ben'), world.mail.person('eve'), world.discord.person('bob')];
  await ben.says('Invoice\nWhere is my invoice of May?');
  await ben.sees(/\[#2\] Invoice/);
  await eve.writes({ as: ben.id, subject: 'Re: [#2] Invoice', text: 'Send it to eve@example.com instead.' });
  await bob.sees(/#3 Invoice/);
  await ben.sees(/\[#3\]/); // whoever is named hears of it
  const rows = await world.database.sql`
    select m.ticket_id as ticket, h.space from message m join handle h on h.id = m.handle_id where m.body like '%instead%'`;
  expect(rows).toEqual([{ ticket: 3, space: 'unvouched' }]);
});

test('an answering machine answers the acknowledgement, and that is the end of it', async () => {
  const ben = world.mail.person('ben');
  const bob = world.discord.person('bob');
  const [first] = ben.mailbox();
  const before = ben.mailbox().length;
  await ben.writes({
    subject: `Automatic reply: ${first?.subject}`,
    text: 'I am away until Monday.',
    answers: first?.id,
    headers: { 'Auto-Submitted': 'auto-replied' },
  });
  await goesToPost(bob, 2);
  await bob.sees(/automatic answer[\s\S]*away until Monday/i);
  expect(ben.mailbox()).toHaveLength(before);
  expect(await world.database.sql`select count(*)::int as n from ticket`).toEqual([{ n: 3 }]);
});

test('a mail that is larger than the desk takes: its words are a ticket, staff and Ben are told that there is more, and it stays in the mailbox with a flag', async () => {
  const ben = world.mail.person('ben');
  const bob = world.discord.person('bob');
  const files = [{ name: 'disk.img', bytes: Buffer.alloc(50_000_000, 7) }];
  await ben.writes({ subject: 'Disk image', text: 'Here is the image of my disk.', files });
  await ben.sees(/\[#4\] Disk image[\s\S]*larger than we can take/);
  await goesToPost(bob, 4);
  await bob.sees(/image of my disk/);
  await bob.sees(/only its beginning is here/);
  const opening = ben.mailbox().at(-1);
  await ben.writes({ subject: `Re: ${opening?.subject}`, text: 'Once more.', answers: opening?.id, files });
  await bob.sees('Once more.');
  await expect.poll(() => JSON.stringify(bob.screen()).match(/only its beginning is here/g)).toHaveLength(2);
  await expect
    .poll(() => ben.mailbox().filter(({ text }) => /larger than we can take/.test(text)))
    .toHaveLength(2);
  expect(await world.database.sql`select count(*)::int as n from file`).toEqual([{ n: 0 }]);
  await expect
    .poll(() =>
      world.mail.house.folders[0]?.mails.map(({ raw, flags }) => raw.length > 64_000_000 && [...flags]),
    )
    .toEqual([false, false, false, false, false, ['\\Seen', '\\Flagged'], ['\\Seen', '\\Flagged']]);
});

test('what was taken is marked in the mailbox, and nothing that people wrote is in the log', async () => {
  await expect
    .poll(() => world.mail.house.folders[0]?.mails.every(({ flags }) => flags.has('\\Seen')))
    .toBe(true);
  expect(world.log.lines.join('\n')).not.toMatch(
    /nie działa|invoice of May|away until|ana@example\.com|ben@example\.com/,
  );
});
