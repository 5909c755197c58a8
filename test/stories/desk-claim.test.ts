import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { goesToPost, inWorld, opensByForm, seesMark } from './steps.ts';

const world = inWorld();

function toldTo(person: Person, number: number): string[] {
  const place = person.screen().places.find(({ title }) => title.startsWith(`#${number} `));
  return place?.messages.filter(one => one.ephemeral).map(({ text }) => text) ?? [];
}

test('of two who claim at once one wins, and the other is told who, round after round', async () => {
  const ben = world.slack.person('ben');
  const [bob, cleo] = [world.discord.person('bob'), world.discord.person('cleo')];
  const names = { bob: 'Bob Miller', cleo: 'Cleo Adams' };
  for (let round = 0; round < 4; round++) {
    const number = await opensByForm(ben);
    await Promise.all([goesToPost(bob, number), goesToPost(cleo, number)]);
    const order = round % 2 === 0 ? [bob, cleo] : [cleo, bob];
    await Promise.all(order.map(one => one.presses('Claim')));
    for (const one of order)
      await one.watches(() => toldTo(one, number).length > 0, `an answer for ${one.name}`);
    const won = order.filter(one => toldTo(one, number)[0]?.includes('You have claimed ticket'));
    expect(won).toHaveLength(1);
    const [winner] = won;
    const loser = order.find(one => one !== winner);
    const name = names[winner?.name as 'bob' | 'cleo'];
    expect(toldTo(loser as Person, number)).toEqual([`${name} was quicker and has claimed this ticket.`]);
    const claims = await world.database.sql<{ name: string }[]>`
      select h.name from event e join handle h on h.id = e.handle_id where e.ticket_id = ${number} and e.type = 'claimed'`;
    expect(claims.map(row => row.name)).toEqual([name]);
    await bob.sees(name, `#${number}`);
  }
});

test('an answer of one who has not claimed it goes out all the same', async () => {
  const cleo = world.discord.person('cleo');
  const number = await opensByForm(world.slack.person('ana'));
  await goesToPost(world.discord.person('bob'), number);
  await world.discord.person('bob').presses('Claim');
  await goesToPost(cleo, number);
  await cleo.says('I can help too.');
  await world.slack.person('ana').sees('I can help too.');
  await seesMark(cleo, 'I can help too.', '✅');
});
