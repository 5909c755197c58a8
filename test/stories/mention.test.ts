import { expect, test } from 'vitest';
import type { Policy } from '../../src/core/index.ts';
import type { Simulator } from '../../src/simulator/model.ts';
import { ladderPolicy } from '../core/escalation/kit.ts';
import type { Platforms } from '../harness/world.ts';
import { allQuiet, goesToPost, inWorld, opensByForm, textsOf } from './steps.ts';

const MINUTE = 60_000;
const LADDER = `
people:
  - { id: cleo, name: Cleo Adams, ways: [mention], reach: { slack: CLEO } }
  - { id: tom, name: Tom, language: pl, ways: [mention], reach: { telegram: TOM } }
teams:
  - { id: first, name: { en: First }, members: [cleo] }
  - { id: second, name: { en: Second }, members: [tom] }
levels:
  - { id: first, name: { en: First, pl: Pierwszy }, team: first, up: [second] }
  - { id: second, name: { en: Second, pl: Drugi }, team: second }
ladder:
  - { id: critical, for: { critical: true }, wait: 3m, steps: [{ at: 0s, page: [{ up: 0 }] }, { at: 3m, page: [{ up: 1 }] }] }
  - { id: promise, wait: 3m, steps: [{ at: missed+9m, page: [{ up: 0 }] }] }
`;

function policyOn(policy: Policy, { slack, telegram }: Platforms, sections = LADDER): Policy {
  const text = sections
    .replace('CLEO', slack.person('cleo').id)
    .replace('TOM', `"${telegram.person('tom').id}"`);
  const { people, teams, levels, ladder } = ladderPolicy(text);
  return { ...policy, people, teams, levels, ladder };
}

const world = inWorld({
  slackDesk: true,
  telegramDesk: true,
  telegram: { people: [{ name: 'tom', locale: 'pl', role: 'staff' }] },
  policy: policyOn,
});
const bob = () => world.discord.person('bob');
const cleo = () => world.slack.person('cleo');
const tom = () => world.telegram.person('tom');
const called = (sim: Simulator, since = 0): string[] =>
  (sim as Simulator & { readonly pings: readonly { readonly whom: string }[] }).pings
    .slice(since)
    .map(({ whom }) => whom);

async function becomesCritical(number: number): Promise<void> {
  await goesToPost(bob(), number);
  await bob().says('/desk priority priority:critical');
  await bob().sees('Bob Miller has changed the priority', `#${number}`);
}

test('an outage mentions Cleo in its thread in Slack, then Tom in its topic in Telegram; what the customer wrote mentions nobody', async () => {
  const ids = [cleo().id, tom().id, bob().id];
  const mischief = `<!channel> @everyone <@${ids[0]}> [x](tg://user?id=${ids[1]}) <@${ids[2]}>`;
  const number = await opensByForm(world.slack.person('eve'), {
    subject: `Down ${mischief}`,
    description: mischief,
  });
  await allQuiet(world);
  expect([...called(world.slack), ...called(world.telegram), ...called(world.discord)]).toEqual([]);
  await becomesCritical(number);
  await cleo().sees(new RegExp(`Ticket #${number} needs you: Down @channel @everyone`));
  await allQuiet(world);
  expect(called(world.slack)).toEqual([cleo().id]);
  expect(called(world.telegram)).toEqual([]);

  world.forward(3 * MINUTE);
  await tom().sees(new RegExp(`Zgłoszenie #${number} Cię potrzebuje: Down`), `#${number}`);
  await allQuiet(world);
  expect(called(world.telegram)).toEqual([tom().name]);
  expect(called(world.slack)).toEqual([cleo().id]);
  expect(called(world.discord)).toEqual([]);
  await goesToPost(tom(), number);
  await tom().presses('Biorę to');
  await cleo().sees('Tom has this ticket in hand');
  await tom().says('Już działa.');
  await world.slack.person('eve').sees('Już działa.');
});

test('a customer who cannot wait has Cleo called at once, and hears by when; asking again and again calls nobody', async () => {
  const ana = world.slack.person('ana');
  const number = await opensByForm(ana);
  await goesToPost(bob(), number);
  await bob().says('We look into it.');
  await ana.sees('We look into it.');
  await allQuiet(world);
  const before = world.slack.pings.length;
  await ana.says(`/ticket eskaluj ${number} Sklep traci pieniądze`);
  await ana.sees(
    new RegExp(`zgłoszenie #${number} nie może czekać\\. Odpowiemy tutaj najpóźniej: .*\\d\\d:\\d\\d`),
  );
  await cleo().sees(`Ticket #${number} needs you: Mail is down. The customer asks for a quicker answer.`);
  await cleo().sees('Sklep traci pieniądze');
  await ana.says(`/ticket eskaluj ${number} Szybciej!`);
  await ana.sees(
    /Prośba o szybszą odpowiedź na zgłoszenie #\d+ już do nas dotarła.*Kolejną można wysłać po: /,
  );
  await allQuiet(world);
  expect(called(world.slack, before)).toEqual([cleo().id]);
  expect(textsOf(cleo()).join()).not.toContain('Szybciej!');
  // Nobody acknowledges: the next level is called, long before the answer is late.
  const there = world.telegram.pings.length;
  world.forward(3 * MINUTE);
  await tom().sees(
    new RegExp(`Zgłoszenie #${number} Cię potrzebuje.*Klient prosi o szybszą odpowiedź`),
    `#${number}`,
  );
  expect(called(world.telegram, there)).toEqual([tom().name]);
  await bob().says('It works again.');
  await ana.sees('It works again.');
});

test('Cleo is called and leaves the company: when the desk starts with the new policy Tom is called at once', async () => {
  const number = await opensByForm(world.slack.person('ana'));
  await becomesCritical(number);
  await cleo().sees(new RegExp(`Ticket #${number} needs you`));
  await allQuiet(world);
  const there = world.telegram.pings.length;
  await world.halt();
  const without = LADDER.replace(/ {2}- \{ id: cleo.*\n/, '').replace('[cleo]', '[]');
  const { config } = world;
  Object.assign(config, { policy: policyOn(config.policy, world, without) });
  const began = world.now().getTime();
  await world.start();
  await tom().sees(new RegExp(`Zgłoszenie #${number} Cię potrzebuje`), `#${number}`);
  expect(called(world.telegram, there)).toEqual([tom().name]);
  // By itself the ladder would have gone on after three minutes.
  expect(world.now().getTime() - began).toBeLessThan(2 * MINUTE);
  const rows = await world.database.sql<{ type: string }[]>`
    select type from event where ticket_id = ${number} and type like 'page%' order by id`;
  expect(rows.map(({ type }) => type)).toEqual(['paged', 'page-unreachable', 'paged']);
});
