import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { startWorld, type World } from '../harness/world.ts';
import { allQuiet, conversationOf, goesToPost, opensByForm, seesMark, textsOf } from './steps.ts';

let world: World;
const ana = () => world.discord.person('ana');
const bob = () => world.discord.person('bob');

beforeAll(async () => {
  world = await startWorld({ discord: { messageContentIntent: false } });
});
afterAll(() => world.stop());

/** Writes by the button under the newest message of a place, in a window. */
async function writes(person: Person, place: string, text: string): Promise<void> {
  await person.goes(place);
  await person.presses(person === ana() ? 'Napisz' : 'Write', place);
  const { modal } = await person.watches(screen => screen.modal !== null, 'the window');
  await person.fills({ [modal?.fields[0]?.label ?? '']: text });
  await person.submits();
}

test('without the Message Content intent Ana and Bob talk by a button and a window, and each sees it where it was said', async () => {
  const number = await opensByForm(ana());
  await goesToPost(bob(), number);
  await allQuiet(world);
  const post = conversationOf(bob(), number).id;
  await writes(bob(), post, 'We are **looking** at it.');
  await ana().sees('We are looking at it.');
  await bob().sees('We are looking at it.');
  await seesMark(bob(), 'looking', '✅');
  const thread = conversationOf(ana(), number).id;
  await writes(ana(), thread, 'Thank you!');
  await bob().sees('Thank you!');
  expect(textsOf(ana()).some(text => text.includes('Ana Nowak') && text.includes('Thank you!'))).toBe(true);
});

test('a note stays a note, and a message written in the usual way is neither taken nor misread', async () => {
  const number = await opensByForm(ana(), { subject: 'Slow', description: 'The site is slow.' });
  await goesToPost(bob(), number);
  await allQuiet(world);
  const post = conversationOf(bob(), number).id;
  await bob().says('typed as always', post);
  await writes(bob(), post, '// the cache is cold');
  await bob().sees('the cache is cold', post);
  await ana().says('typed as always too', conversationOf(ana(), number).id);
  await allQuiet(world);
  expect(textsOf(ana()).join()).not.toMatch(/cache|typed as always(?! too)/);
  const rows = await world.database.sql<{ body: string; kind: string }[]>`
    select body, kind from message where ticket_id = ${number} order by id`;
  expect(rows.map(({ kind }) => kind)).toEqual(['request', 'note']);
});

test('the operator is told once what is missing', () => {
  const lines = world.log.lines.filter(line => line.includes('Message Content intent'));
  expect(lines).toHaveLength(1);
});
