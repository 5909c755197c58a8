import { expect, test } from 'vitest';
import type { Person, Simulator } from '../../src/simulator/model.ts';
import { sizeOfPng } from '../charts/kit.ts';
import { allQuiet, goesToPost, inWorld, opensByForm, textsOf } from './steps.ts';

const MINUTE = 60_000;

/** Platform → somebody's id there. */
const idsOn = (on: Readonly<Record<string, Simulator>>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(on).map(([kind, sim]) => [kind, sim.person(name).id]));

// A Wednesday noon: every level is open.
const world = inWorld({
  at: '2026-11-25T11:00:00Z',
  slackDesk: true,
  telegramDesk: true,
  telegram: { people: [{ name: 'tom', locale: 'pl', role: 'staff' }] },
  policy: (policy, { slack, telegram }) => ({
    ...policy,
    people: [
      { id: 'cleo', name: 'Cleo Adams', reach: idsOn({ slack }, 'cleo') },
      { id: 'tom', name: 'Tom', language: 'pl', reach: idsOn({ telegram }, 'tom') },
    ],
    teams: policy.teams.map(team => {
      if (team.id === 'billing') return { ...team, members: ['cleo'] };
      return team.id === 'datacentre' ? { ...team, members: ['tom'] } : team;
    }),
  }),
});
const bob = () => world.discord.person('bob');
const cleo = () => world.slack.person('cleo');
const tom = () => world.telegram.person('tom');

/** Asks the desk, and returns the lines of what came of it. */
async function asks(person: Person, command: string, where: string, answer: RegExp): Promise<string[]> {
  await person.says(command, where);
  return (await person.sees(answer)).split('\n');
}
const numbersIn = (lines: readonly string[]): number[] =>
  lines.flatMap(line => /#(\d+)/.exec(line)?.[1] ?? []).map(Number);

test('a ticket is in the queue of the team that has it; the rest is a word away', async () => {
  const ana = world.slack.person('ana');
  const invoice = await opensByForm(ana, {
    subject: 'A wrong invoice',
    description: 'Charged twice.',
    department: 'financial',
  });
  const site = await opensByForm(ana, { subject: 'The site is slow', description: 'Since this morning.' });
  await goesToPost(bob(), invoice);
  await allQuiet(world);
  const first = await asks(bob(), '/desk queue', '#general', /What is next for you:[\s\S]*The site is slow/);
  expect(numbersIn(first)).toEqual([invoice, site]);
  await goesToPost(bob(), invoice);
  await bob().says('/desk escalate level:billing text:Only billing can pay it back.');
  await bob().sees('is with the level above');

  const own = /What is next for you:[\s\S]*A wrong invoice[\s\S]*With other teams, free: 1\./;
  expect(numbersIn(await asks(cleo(), '/desk queue', '#support-desk', own))).toEqual([invoice]);
  await bob().says('/desk queue', '#general');
  await bob().sees(/What is next for you:(?:(?!wrong invoice)[\s\S])*With other teams, free: 1\./);
  const all = /whoever has it:[\s\S]*Financial, Billing[\s\S]*Technical, Support engineers/;
  await asks(cleo(), '/desk queue all', '#support-desk', all);
  await bob().says('/desk queue team:Billing', '#general');
  await bob().sees(/whoever has it:(?:(?!The site)[\s\S])*A wrong invoice(?:(?!The site)[\s\S])*free/);
  await bob().says('/desk queue team:kitchen', '#general');
  await bob().sees(
    'has no team “kitchen”. You can name one of these: support, billing, datacentre, admins, all.',
  );
});

test('the same in Telegram, in Polish, where the picture waits for the first word', async () => {
  await goesToPost(tom(), 1);
  await tom().says('/desk queue');
  await tom().sees(/Nic teraz nie czeka[\s\S]*W innych zespołach, wolne: 2/);
  await tom().says('/desk queue rozliczenia');
  await tom().sees(/niezależnie od tego, kto je ma:[\s\S]*A wrong invoice/);
  await tom().says('/desk board');
  await tom().sees(/Tablica[\s\S]*Rozliczenia: otwarte 1[\s\S]*naciśnij Start i zapytaj jeszcze raz/);
  await allQuiet(world);
  expect(textsOf(tom()).join()).not.toContain('przyjdzie');
  const [dead] = await world.database.sql<{ n: number }[]>`
    select count(*)::int as n from delivery where state = 'dead'`;
  expect(dead?.n).toBe(0);
  await tom().starts();
  await tom().says('/desk board', tom().id);
  const seen = () =>
    tom()
      .screen()
      .places.filter(({ id }) => id === tom().id)
      .flatMap(({ messages }) => messages.flatMap(({ files = [] }) => files));
  await tom().watches(() => seen().length > 0, 'the picture');
});

test('the board counts for each team, and a promise that was missed for the team that had the ticket', async () => {
  world.forward(11 * MINUTE);
  await allQuiet(world);
  await expect
    .poll(async () => {
      const [row] = await world.database.sql<{ n: number }[]>`
        select count(*)::int as n from promise where target = 'first-reply' and missed_at is not null`;
      return row?.n;
    })
    .toBe(2);
  await goesToPost(bob(), 2);
  await bob().says('/desk escalate level:datacentre text:The disk is slow.');
  await bob().sees('handed this ticket up to: Data-centre technicians', '#2');
  await bob().says('/desk board', '#general');
  await bob().sees(
    /Support engineers: open 0; missed today 1, this week 1\n.*Billing: open 1 – late 1; missed today 1, this week 1\n.*Data-centre technicians: open 1 – late 1\n/,
  );
  const isBoard = (text: string) => text.includes('Data-centre technicians: open 1');
  const pictures = () =>
    bob()
      .screen()
      .places.filter(({ kind }) => kind === 'dm')
      .flatMap(({ messages }) => messages.filter(({ text }) => isBoard(text)))
      .flatMap(({ files = [] }) => files);
  await bob().watches(() => pictures().length === 1, 'the picture of the board', 20_000);
  const answer = await fetch(pictures()[0]?.url ?? '');
  expect(sizeOfPng(new Uint8Array(await answer.arrayBuffer())).width).toBe(1080);
});
