import { expect, test } from 'vitest';
import type { Policy } from '../../src/core/index.ts';
import type { Person } from '../../src/simulator/model.ts';
import { ladderPolicy } from '../core/escalation/kit.ts';
import type { Platforms } from '../harness/world.ts';
import { allQuiet, goesToPost, inWorld, opensByForm } from './steps.ts';

const MINUTE = 60_000;
const LADDER = `
people:
  - { id: bob, name: Bob Miller, reach: { discord: "1" } }
  - { id: mills, name: Bob Mills, language: pl, reach: { slack: "2" } }
  - { id: tom, name: Tom, reach: { telegram: "3" } }
  - { id: cleo, name: Cleo Adams, reach: { discord: "4", email: eve@example.com }, ways: [mention, mail] }
teams:
  - { id: first, name: { en: First }, members: [bob] }
  - { id: second, name: { en: Second }, members: [mills] }
  - { id: third, name: { en: Third }, members: [tom] }
  - { id: last, name: { en: Last }, members: [cleo] }
levels:
  - { id: first, name: { en: First, pl: Pierwszy }, team: first, up: [second] }
  - { id: second, name: { en: Second, pl: Drugi }, team: second, up: [third] }
  - { id: third, name: { en: Third, pl: Trzeci }, team: third, up: [last] }
  - { id: last, name: { en: Last, pl: Ostatni }, team: last }
ladder:
  - id: critical
    for: { critical: true }
    wait: 3m
    next_way: 1m
    acknowledged: 5m
    steps:
      - { at: 0s, page: [{ up: 0 }], how: [dm] }
      - { at: 3m, page: [{ up: 1 }] }
      - { at: 6m, page: [{ up: 2 }] }
      - { at: 9m, page: [{ up: 3 }] }
`;

/** The same people as the platforms know them. */
function policyOn(policy: Policy, { slack, discord, telegram }: Platforms): Policy {
  const ids = {
    1: discord.person('bob').id,
    2: slack.person('bob').id,
    3: telegram.person('tom').id,
    4: discord.person('cleo').id,
  };
  const { people, teams, levels, ladder } = ladderPolicy(LADDER);
  const known = people.map(one => ({
    ...one,
    reach: Object.fromEntries(
      Object.entries(one.reach).map(([channel, id]) => [
        channel,
        ids[id as unknown as keyof typeof ids] ?? id,
      ]),
    ),
  }));
  return { ...policy, people: known, teams, levels, ladder };
}

const world = inWorld({
  telegram: {
    people: [
      { name: 'tom', role: 'staff', locale: 'en' },
      { name: 'ana', role: 'customer', locale: 'pl' },
    ],
  },
  policy: policyOn,
});

/** Somebody of the staff makes a ticket critical, in its post. */
async function becomesCritical(number: number): Promise<void> {
  const bob = world.discord.person('bob');
  await goesToPost(bob, number);
  await bob.says('/desk priority priority:critical');
  await bob.sees(`#${number}`);
}

/** Goes to one's own chat with the bot, once there is one. */
async function goesToChat(person: Person): Promise<void> {
  const isChat = ({ kind, messages }: { kind: string; messages: readonly unknown[] }) =>
    kind === 'dm' && messages.length > 0;
  await person.watches(({ places }) => places.some(isChat), 'a chat with the bot');
  await person.goes(person.screen().places.find(isChat)?.id ?? '');
}

test('a critical ticket calls Bob in Discord; he acknowledges, forgets, is reminded, and answers', async () => {
  const [ana, bob] = [world.slack.person('ana'), world.discord.person('bob')];
  const number = await opensByForm(ana);
  await becomesCritical(number);
  await bob.sees(`Ticket #${number} needs you`);
  await goesToChat(bob);
  await bob.presses('Acknowledge');
  await bob.sees(`Ticket #${number} is in your hands`);
  await bob.sees('Bob Miller has this ticket in hand', `#${number}`);
  world.forward(5 * MINUTE);
  await bob.sees('You had it in hand, and the customer has no answer yet.');
  await goesToPost(bob, number);
  await bob.says('The power is back.');
  await ana.sees('The power is back.');
  await allQuiet(world);
  const before = world.discord.requests.length;
  world.forward(30 * MINUTE);
  await allQuiet(world);
  expect(JSON.stringify(world.discord.requests.slice(before))).not.toContain('needs you');
});

test('one who passes on in Slack, in Polish, hands it to Tom in Telegram, who takes it there', async () => {
  const [mills, tom] = [world.slack.person('bob'), world.telegram.person('tom')];
  await tom.says('/start');
  const number = await opensByForm(world.slack.person('ana'));
  await becomesCritical(number);
  await world.discord.person('bob').sees(`Ticket #${number} needs you`);
  world.forward(3 * MINUTE);
  await mills.sees(`Zgłoszenie #${number} Cię potrzebuje`);
  await goesToChat(mills);
  await mills.presses('Nie mogę');
  await mills.sees(`Zgłoszenie #${number} idzie dalej.`);
  await tom.sees(`Ticket #${number} needs you`);
  await tom.presses('Acknowledge');
  await tom.sees(`Ticket #${number} is in your hands`);
  await world.discord.person('bob').sees('Tom has this ticket in hand', `#${number}`);
  await goesToPost(world.discord.person('bob'), number);
  await world.discord.person('bob').says('Solved.');
  await world.slack.person('ana').sees('Solved.');
});

test('Cleo is mentioned in the ticket’s post, then mailed; the link in the mail takes the ticket', async () => {
  const [cleo, mailbox] = [world.discord.person('cleo'), world.mail.person('eve')];
  const number = await opensByForm(world.slack.person('ana'));
  await becomesCritical(number);
  await world.discord.person('bob').sees(`Ticket #${number} needs you`);
  for (const id of ['bob', 'mills', 'tom'])
    await world.database.sql`
      insert into duty (person, on_duty, since) values (${id}, false, now()) on conflict (person) do update set on_duty = false`;
  const pings = world.discord.pings.length;
  world.forward(3 * MINUTE);
  await cleo.sees(`Ticket #${number} needs you`, `#${number}`);
  expect(world.discord.pings.slice(pings).map(({ whom }) => whom)).toEqual(['Cleo Adams']);
  world.forward(MINUTE);
  const text = await mailbox.sees('You take it:');
  const link = /https?:\S+\/page\/[\w.-]+/.exec(text)?.[0] ?? '';
  expect(await (await fetch(link)).text()).toContain('I take it');
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  expect(await (await fetch(link, { method: 'POST', body })).text()).toContain(`#${number} is in your hands`);
  await cleo.sees('Cleo Adams has this ticket in hand', `#${number}`);
});
