import { expect, test } from 'vitest';
import { announcesSwitch, rents } from './provider.ts';
import { goesToPost, inWorld } from './steps.ts';

const world = inWorld();
const tickets = () => world.database.sql`
  select t.id, s.ref as service, k.notice_id::int as notice, (select string_agg(m.body, ' / ' order by m.id) from message m where m.ticket_id = t.id) as said
  from ticket t left join service s on s.id = t.service_id left join ticket_notice k on k.ticket_id = t.id order by t.id`;

test('Ben answers the mail about planned work: his ticket knows it, and his next answer is in the same one', async () => {
  const [ben, bob] = [world.mail.person('ben'), world.discord.person('bob')];
  await rents(world, 'ben');
  const id = await announcesSwitch(world);
  await ben.sees('We replace a switch.');
  const told = ben.mailbox().find(({ text }) => text.includes('We replace a switch.'));
  await ben.repliesTo(told?.id ?? '', 'Will my shop be down all night?');
  await goesToPost(bob, 1);
  await bob.sees(/Will my shop be down all night\?/);
  await bob.sees(/New switch/);
  await ben.repliesTo(told?.id ?? '', 'And the backup?');
  await bob.sees('And the backup?');
  expect(await tickets()).toEqual([
    { id: 1, service: 's-ben', notice: id, said: 'Will my shop be down all night? / And the backup?' },
  ]);
});

test('whoever else holds that mail asks by themselves, knows the notice, and no service of Ben’s', async () => {
  const [ben, ana, bob] = [world.mail.person('ben'), world.mail.person('ana'), world.discord.person('bob')];
  const told = ben.mailbox().find(({ text }) => text.includes('We replace a switch.'));
  await ana.writes({
    subject: `Re: ${told?.subject}`,
    text: 'Ben passed this on to me.',
    headers: { 'In-Reply-To': told?.messageId ?? '' },
  });
  await goesToPost(bob, 2);
  await bob.sees(/Ben passed this on to me/);
  expect(await tickets()).toMatchObject([
    { id: 1 },
    { id: 2, service: null, said: 'Ben passed this on to me.' },
  ]);
});
