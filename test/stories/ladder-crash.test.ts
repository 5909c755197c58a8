import { expect, test } from 'vitest';
import { ladderPolicy } from '../core/escalation/kit.ts';
import { childDesk } from './child.ts';
import { allQuiet, holds, inWorld, opensByForm, textsOf } from './steps.ts';

const MINUTE = 60_000;
const LADDER = `
people:
  - { id: bob, name: Bob Miller, ways: [dm], reach: { discord: "BOB" } }
  - { id: cleo, name: Cleo Adams, ways: [dm], reach: { discord: "CLEO" } }
teams:
  - { id: first, name: { en: First }, members: [bob] }
  - { id: second, name: { en: Second }, members: [cleo] }
levels:
  - { id: first, name: { en: First, pl: Pierwszy }, team: first, up: [second] }
  - { id: second, name: { en: Second, pl: Drugi }, team: second }
ladder:
  - { id: all, wait: 3m, next_way: 10m, steps: [{ at: 0s, page: [{ up: 0 }] }, { at: 3m, page: [{ up: 1 }] }] }
`;

const world = inWorld({
  asleep: true,
  policy: (policy, { discord }) => {
    const ids = { BOB: discord.person('bob').id, CLEO: discord.person('cleo').id };
    const text = LADDER.replace('BOB', ids.BOB).replace('CLEO', ids.CLEO);
    const { people, teams, levels, ladder } = ladderPolicy(text);
    return { ...policy, people, teams, levels, ladder };
  },
});
const child = childDesk(world);

const pagesOf = (name: string, number: number): number =>
  textsOf(world.discord.person(name)).filter(text => text.includes(`Ticket #${number} needs you`)).length;

/** How far the ladder of the newest ticket has come in the database. */
async function standing(): Promise<{ pages: string[]; calls: number; pending: number }> {
  const pages = await world.database.sql<{ text: string }[]>`
    select person || ' ' || state as text from page where ticket_id = (select max(id) from ticket) order by id`;
  const [row] = await world.database.sql<{ calls: number; pending: number }[]>`
    select (select count(*)::int from call) as calls,
      (select count(*)::int from timer where target = 'ladder:step' and state = 'pending') as pending`;
  return { pages: pages.map(({ text }) => text), calls: row?.calls ?? 0, pending: row?.pending ?? 0 };
}

/** Nobody may be called: the step is done, its page is written down, and no message was made of it. */
const holdsCalls = (): Promise<() => Promise<void>> => holds(tx => tx`lock table call in share mode`);

/** Cleo's turn has come: she is called, and she and Bob were called once. */
async function cleoIsNext(number: number): Promise<void> {
  await world.discord.person('cleo').watches(() => pagesOf('cleo', number) > 0, 'the call to the next');
  await allQuiet(world);
  expect([pagesOf('bob', number), pagesOf('cleo', number)]).toEqual([1, 1]);
}

test('the power goes between a step of the ladder and its message: Bob is called once after the restart, and Cleo in her time', async () => {
  await child.start();
  const ana = world.slack.person('ana');
  await ana.says('/ticket open The shop is down');
  await ana.watches(({ modal }) => modal !== null, 'the form');
  const letGo = await holdsCalls();
  await ana.fills({ description: 'Nothing answers.' });
  await ana.submits();
  await expect.poll(async () => (await standing()).pages).toEqual(['bob due']);
  await child.kill();
  await letGo();
  expect(await standing()).toEqual({ pages: ['bob due'], calls: 0, pending: 1 });
  const [row] = await world.database.sql<{ number: number }[]>`select max(id) as number from ticket`;
  const number = row?.number ?? 0;

  world.forward(MINUTE); // the leases of the dead desk run out
  await world.start();
  await world.discord.person('bob').watches(() => pagesOf('bob', number) > 0, 'the call');
  await allQuiet(world);
  expect(pagesOf('cleo', number)).toBe(0);
  world.forward(2 * MINUTE);
  await cleoIsNext(number);
});

test('the power goes while the message is on its way, and its answer is lost: Bob has it once, and the ladder goes on', async () => {
  await child.start();
  world.discord.addFault({ match: /POST .*channels\/\d+\/messages/, kind: 'lose-answer', times: 2 });
  const stop = world.discord.onRequest(({ method, path, body }) => {
    if (method === 'POST' && path.endsWith('/messages') && JSON.stringify(body).includes('needs you'))
      child.strike();
  });
  const number = await opensByForm(world.slack.person('ana'));
  await world.discord.person('bob').watches(() => pagesOf('bob', number) > 0, 'the call');
  stop();
  await child.kill();
  const [sending] = await world.database.sql<{ n: number }[]>`
    select count(*)::int as n from delivery where call_id is not null and state = 'sending'`;
  expect(sending?.n).toBe(1);

  world.forward(61_000);
  await world.start();
  await allQuiet(world);
  expect(pagesOf('bob', number)).toBe(1);
  world.forward(2 * MINUTE);
  await cleoIsNext(number);
});

test('the power goes before a step is taken: it is taken once the desk is back, late and not lost', async () => {
  await child.start();
  const number = await opensByForm(world.slack.person('ana'));
  await world.discord.person('bob').watches(() => pagesOf('bob', number) > 0, 'the call');
  await allQuiet(world);
  await child.kill();
  expect((await standing()).pending).toBe(1);
  world.forward(20 * MINUTE);
  await world.start();
  await cleoIsNext(number);
});
