import { expect, test } from 'vitest';
import { eventsAt } from '../harness/people.ts';
import { goesToPost, inWorld, seesMark } from './steps.ts';

const world = inWorld();

/** What the desk says by mail, whatever opened the ticket: how letters come in is in mail-in.test.ts. */
const opensByMail = (address: string, subject: string) => {
  const event = eventsAt({ now: world.now, forward: world.forward }).submits(address, { subject });
  return world.desk.accept('email', { ...event, from: { ...event.from, space: '', locale: 'pl' } });
};

test('Ana, who is known by her mail address alone, reads Bob’s answers as one mail conversation', async () => {
  const ana = world.mail.person('ana');
  const bob = world.discord.person('bob');
  await opensByMail('ana@example.com', 'Poczta nie działa');
  await ana.sees(/\[#1\] Poczta nie działa[\s\S]*zgłoszenie/);
  await bob.sees(/#1 Poczta nie działa/);
  await goesToPost(bob, 1);
  await bob.presses('Claim');
  await bob.says('Dzień dobry, już **sprawdzamy**.');
  await ana.sees('Dzień dobry, już *sprawdzamy*.', '[#1] Poczta nie działa');
  await seesMark(bob, 'Dzień dobry, już sprawdzamy.', '✅');
  await bob.says('// tego klient nie widzi');
  await bob.says('Działa.');
  await ana.sees('Działa.');
  const mails = ana.mailbox();
  expect(mails.map(({ subject }) => subject.replace(/^Re: /, ''))).toEqual(
    mails.map(() => '[#1] Poczta nie działa'),
  );
  expect(ana.screen().places).toHaveLength(2);
  expect(JSON.stringify(mails)).not.toContain('tego klient nie widzi');
});

test('Ben’s mailbox is closed: Bob sees that his answer did not arrive, why, and on the card that Ben cannot be reached', async () => {
  const bob = world.discord.person('bob');
  await opensByMail('ben@example.com', 'Invoice');
  await world.mail.person('ben').sees('[#2] Invoice');
  await goesToPost(bob, 2);
  world.mail.closeMailbox('ben');
  await bob.says('Are you there?');
  await seesMark(bob, 'Are you there?', '❌');
  await bob.sees('the address no longer exists');
  await bob.sees(/Customer cannot be reached/);
  const refused = world.mail.requests.filter(({ status }) => status === 550);
  expect(refused.map(({ path }) => path)).toEqual(['ben@example.com']);
});

test('the password of the server and what people wrote are in no line of the log', () => {
  expect(world.log.lines.join('\n')).not.toMatch(/sprawdzamy|ben@example\.com|ana@example\.com/);
});
