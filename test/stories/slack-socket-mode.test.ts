import { expect, test } from 'vitest';
import { allQuiet, goesToPost, inWorld, opensByForm, rowCounts, seesMark, writes } from './steps.ts';

const world = inWorld({ slack: { socketMode: true } });

test('with Socket Mode, and no public address, a ticket goes from Slack to the desk and back', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana, {
    subject: 'Poczta',
    description: 'Nie działa.',
    priority: 'regular',
  });
  await goesToPost(bob, number);
  await bob.says('Już sprawdzamy.');
  await ana.sees('Już sprawdzamy.');
  await seesMark(bob, 'Już sprawdzamy.', '✅');
  await writes(ana, number, 'Dziękuję!');
  await bob.sees('Dziękuję!');
});

test('an event that comes again over the socket has one effect', async () => {
  await allQuiet(world);
  const before = await rowCounts(world);
  expect(await world.slack.redeliverLast()).toBe(200);
  await allQuiet(world);
  expect(await rowCounts(world)).toEqual(before);
});

test('requests to the address that nobody configured are refused', async () => {
  world.slack.setRequestUrl(`${world.door.url}/hooks/slack`);
  const before = await rowCounts(world);
  const body = 'command=%2Fticket&text=list&trigger_id=1&user_id=U1&channel_id=C1';
  const answer = await fetch(`${world.door.url}/hooks/slack`, {
    method: 'POST',
    body,
    headers: world.slack.sign(body).headers,
  });
  expect(answer.status).toBe(401);
  expect(await rowCounts(world)).toEqual(before);
});
