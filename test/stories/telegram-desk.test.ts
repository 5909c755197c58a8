import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import {
  allQuiet,
  conversationOf,
  goesToPost as goesToTopic,
  inWorld,
  opensInChat,
  seesMark,
  textsOf,
} from './steps.ts';

const world = inWorld({
  pace: 8,
  telegramDesk: true,
  telegram: {
    people: [
      { name: 'ana', locale: 'pl', lastName: 'Nowak' },
      { name: 'ben', locale: 'en' },
      { name: 'tom', locale: 'en', role: 'staff' },
    ],
  },
});
const person = (name: string) => world.telegram.person(name);

/** Goes to the ticket's post once the desk knows of it itself. */
async function goesToPost(staff: Person, number: number): Promise<void> {
  await goesToTopic(staff, number);
  await allQuiet(world);
}

test('Ana’s ticket is a topic, where Tom claims it, answers, and sees that it arrived', async () => {
  const [ana, tom] = [person('ana'), person('tom')];
  const number = await opensInChat(ana);
  await goesToPost(tom, number);
  await tom.sees('Ana Nowak (telegram)');
  await tom.presses('Claim');
  await tom.watches(
    ({ places }) => places.some(({ messages }) => messages.some(one => one.text.includes('Assignee: Tom'))),
    'his name on the card',
  );
  await tom.says('Już *sprawdzamy*.');
  await ana.sees('Już *sprawdzamy*.');
  await seesMark(tom, 'sprawdzamy', '👌');
  await ana.says('Dziękuję!');
  await tom.sees('Dziękuję!');
  const bob = world.discord.person('bob');
  await goesToPost(bob, number);
  await bob.sees('sprawdzamy');
});

test('a note, a mistyped command and a command of staff stay in the topic', async () => {
  const [ben, tom] = [person('ben'), person('tom')];
  const number = await opensInChat(ben, { description: 'The site is slow.' });
  await goesToPost(tom, number);
  await tom.says('// the cache is cold');
  await tom.says('/dsek note secret plan');
  await tom.sees('/dsek');
  await tom.says('/desk note the disk is full');
  await tom.says('/desk priority critical');
  await tom.watches(
    ({ places }) =>
      places.some(({ messages }) =>
        messages.some(one => one.buttons.length > 0 && /Priority: High/.test(one.text)),
      ),
    'the priority on the card',
  );
  await tom.says('We are on it.');
  await ben.sees('We are on it.');
  expect(textsOf(ben).join()).not.toMatch(/cache|secret|disk/);
});

test('staff ask for the queue in their own chat too, and customers do not get it', async () => {
  const [ben, tom] = [person('ben'), person('tom')];
  await tom.starts();
  await tom.says('/desk queue', tom.id);
  await tom.sees('The site is slow.', tom.id);
  await ben.says('/desk queue', ben.id);
  await ben.sees('Only support staff can do this.', ben.id);
});

test('who is in the group and no administrator is no staff', async () => {
  const [ana, ben, tom] = [person('ana'), person('ben'), person('tom')];
  const number = await opensInChat(ana, { description: 'Poczta stoi.' });
  await goesToPost(tom, number);
  const group = tom.screen().places.find(({ kind }) => kind === 'forum')?.id ?? '';
  world.telegram.setMember(group, 'ben', 'member');
  await goesToPost(ben, number);
  await ben.presses('Claim');
  await ben.watches(({ alerts }) => alerts.length > 0, 'a refusal');
  await ben.says('I am from the support', conversationOf(ben, number).id);
  await tom.says('This one is from us.');
  await ana.sees('This one is from us.');
  expect(textsOf(ana).join()).not.toContain('I am from the support');
  world.telegram.setMember(group, 'ben', 'left');
});

test('a closed ticket’s topic is closed, and a deleted topic comes back with what the customer says', async () => {
  const [ana, tom] = [person('ana'), person('tom')];
  const number = await opensInChat(ana, { description: 'Proszę o fakturę.' });
  await goesToPost(tom, number);
  const place = conversationOf(tom, number).id;
  await tom.presses('Close');
  await tom.watches(
    ({ places }) => places.some(({ id, archived }) => id === place && archived),
    'the topic closed',
  );
  await ana.sees(new RegExp(`#${number}[\\s\\S]*zamknięte`));
  const second = await opensInChat(ana, { description: 'Jeszcze jedno.' });
  await goesToPost(tom, second);
  world.telegram.changeTopic(conversationOf(tom, second).id, 'delete');
  await ana.says('Halo?');
  await goesToPost(tom, second);
  await tom.sees('Halo?');
  await tom.sees('Jeszcze jedno.');
});
