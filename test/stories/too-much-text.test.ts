import { expect, test } from 'vitest';
import {
  conversationOf,
  goesToPost,
  inWorld,
  opensByForm,
  opensInChat,
  rowCounts,
  textsOf,
  writes,
} from './steps.ts';

const world = inWorld({ pace: 8 });
const LONG = 100_000;

test('a form takes no more than the field says: the client, and behind it the desk, say so at the field', async () => {
  world.pace(1);
  const ana = world.slack.person('ana');
  await ana.says('/ticket open Dużo');
  await ana.sees('Nowe zgłoszenie');
  await ana.fills({ description: 'x'.repeat(LONG) });
  await ana.submits();
  await ana.sees('no more than 3000 characters');
  await ana.dismisses();
  const before = await rowCounts(world);
  const delivery = await submissionWith('y'.repeat(LONG));
  const { status, body } = await world.slack.post(delivery, world.slack.sign(delivery).headers);
  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    response_action: 'errors',
    errors: { description: 'To za długie: najwyżej 3000 znaków.' },
  });
  expect((await rowCounts(world)).ticket).toBe(before.ticket);
});

/** A form as a client without limits would send it. */
async function submissionWith(description: string): Promise<string> {
  const ana = world.slack.person('ana');
  await ana.says('/ticket open Dużo');
  await ana.sees('Nowe zgłoszenie');
  await ana.fills({ description: '\u200B' });
  await ana.submits();
  const sent = new URLSearchParams(world.slack.lastDelivery?.body ?? '').get('payload') ?? '';
  const payload = JSON.parse(sent) as { view: { hash: string; state: { values: Record<string, unknown> } } };
  payload.view.hash = 'another';
  payload.view.state.values.description = { description: { type: 'plain_text_input', value: description } };
  await ana.dismisses();
  return `payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

test('a long message in a Slack thread reaches staff whole, in parts', async () => {
  world.pace(8);
  const ben = world.slack.person('ben');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ben);
  await goesToPost(bob, number);
  const words = Array.from({ length: 800 }, (_, index) => `word-${index}`);
  await writes(ben, number, words.join(' '));
  await bob.sees('word-799', `#${number}`);
  const read = conversationOf(bob, number)
    .messages.map(({ text }) => text)
    .join(' ');
  expect(words.filter(word => !read.includes(word))).toEqual([]);
});

test('100,000 characters in Telegram arrive in pieces: each is part of the ticket, and on its way to staff, in order', async () => {
  const ana = world.telegram.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensInChat(ana);
  await goesToPost(bob, number);
  await ana.says(`the very beginning ${'lorem ipsum '.repeat(LONG / 12)} the very end`);
  await bob.sees('the very beginning', `#${number}`);
  await expect.poll(() => lengthOf(number), { timeout: 15_000 }).toBeGreaterThan(LONG - 100);
  const [last] = await world.database.sql<{ content: { text: string } }[]>`
    select content from delivery where ticket_id = ${number} and place_role = 'desk' and kind = 'post' order by seq desc limit 1`;
  expect(last?.content.text).toContain('the very end');
});

async function lengthOf(number: number): Promise<number> {
  const [row] = await world.database.sql<{ n: number }[]>`
    select sum(length(body))::int as n from message where ticket_id = ${number}`;
  return row?.n ?? 0;
}

test('nothing but blanks and invisible characters is not a message: in Telegram she is told so', async () => {
  const ben = world.telegram.person('ben');
  const number = await opensInChat(ben);
  await ben.says('\u200B\u2060\u200D');
  await ben.sees('There was nothing to read in that message, so it was not sent.');
  expect(await world.database.sql`select from message where ticket_id = ${number}`).toHaveLength(1);
});

test('an invisible message in a thread makes no empty one at the desk', async () => {
  const ben = world.slack.person('ben');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ben);
  await goesToPost(bob, number);
  await writes(ben, number, '\u200B\u2060');
  await world.slack.settled();
  await ben.sees('There was nothing to read in that message, so it was not sent.');
  await writes(ben, number, 'Now with words');
  await bob.sees('Now with words');
  const bodies = await world.database.sql<
    { body: string }[]
  >`select body from message where ticket_id = ${number} order by id`;
  expect(bodies.map(row => row.body.trim())).not.toContain('');
  expect(textsOf(bob).every(text => text.trim() !== 'Ben Carter')).toBe(true);
});
