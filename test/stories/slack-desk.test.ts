import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { allQuiet, goesToPost, inWorld, opensByForm, seesMark, textsOf, writes } from './steps.ts';

const world = inWorld({ pace: 4, slackDesk: true });
const ana = () => world.slack.person('ana');
const cleo = () => world.slack.person('cleo');
const bob = () => world.discord.person('bob');

/** The card of a ticket in the channel of the staff. */
async function cardOf(staff: Person, number: number): Promise<string> {
  const isCard = (text: string) => new RegExp(`^#${number}\\b`).test(text);
  const screen = await staff.watches(
    ({ places }) => places.some(({ messages }) => messages.some(one => one.bot && isCard(one.text))),
    `the card of #${number}`,
  );
  await allQuiet(world);
  const desk = screen.places.find(({ title }) => title === '#support-desk');
  return desk?.messages.find(one => one.bot && isCard(one.text))?.id ?? '';
}
const messageWith = (person: Person, text: string) =>
  person
    .screen()
    .places.flatMap(({ messages }) => messages)
    .find(one => one.text.includes(text));
const gone = (person: Person, text: string) =>
  person.watches(() => messageWith(person, text) === undefined, `"${text}" to be gone`);

test('a ticket is a thread at the desk of Slack: claimed, answered, with the same truth in Discord', async () => {
  const number = await opensByForm(ana());
  const card = await cardOf(cleo(), number);
  await cleo().presses('Claim', '#support-desk');
  await cleo().watches(
    () => /Assignee: Cleo/.test(messageWith(cleo(), `#${number}`)?.text ?? ''),
    'her name',
  );
  await cleo().repliesTo(card, 'We are *looking* at it.');
  await ana().sees('We are *looking* at it.');
  await seesMark(cleo(), 'looking', '✅');
  await goesToPost(bob(), number);
  await bob().sees('looking');
  await writes(ana(), number, 'Thank you!');
  await cleo().sees('Thank you!');
  await bob().says('One more moment, please.');
  await cleo().sees('One more moment');
  await ana().sees('One more moment');
});

test('notes, mistakes and commands of staff stay at the desk', async () => {
  const number = await opensByForm(ana(), { subject: 'Slow', description: 'The site is slow.' });
  const card = await cardOf(cleo(), number);
  await cleo().repliesTo(card, '// the cache is cold');
  await cleo().repliesTo(card, '!note the disk is full');
  await cleo().repliesTo(card, '!priority critical');
  await cleo().watches(
    () => /Priority: High/.test(messageWith(cleo(), `#${number} Slow`)?.text ?? ''),
    'the priority on the card',
  );
  await cleo().says(`/desk solve ${number}`, '#support-desk');
  await cleo().watches(
    () => /solved/.test(messageWith(cleo(), `#${number} Slow`)?.text ?? ''),
    'the state on the card',
  );
  await allQuiet(world);
  expect(textsOf(ana()).join()).not.toMatch(/cache|disk|!note|!priority/);
});

test('edits, deletions and reactions follow between both sides and both desks', async () => {
  const number = await opensByForm(ana(), { subject: 'Name', description: 'A wrong name.' });
  const card = await cardOf(cleo(), number);
  await goesToPost(bob(), number);
  const wrong = await writes(ana(), number, 'It is 203.0.113.7');
  await cleo().sees('203.0.113.7');
  await bob().sees('203.0.113.7');
  await ana().edits(wrong ?? '', 'It is 203.0.113.8');
  await cleo().sees('203.0.113.8');
  await bob().sees('203.0.113.8');
  await gone(cleo(), '203.0.113.7');

  const reply = (await cleo().repliesTo(card, 'Ready tomorow.')) ?? '';
  await ana().sees('tomorow');
  await cleo().edits(reply, 'Ready tomorrow.');
  await ana().sees('tomorrow');
  await ana().reacts(messageWith(ana(), 'tomorrow')?.id ?? '', '🎉');
  await seesMark(cleo(), 'tomorrow', '🎉');
  await seesMark(bob(), 'tomorrow', '🎉');

  const oops = (await cleo().repliesTo(card, 'For somebody else.')) ?? '';
  await ana().sees('somebody else');
  await bob().sees('somebody else');
  await cleo().deletes(oops);
  await gone(ana(), 'somebody else');
  await gone(bob(), 'somebody else');
});

test('files cross in both directions, but a note’s do not', async () => {
  const number = await opensByForm(ana(), { subject: 'Log', description: 'See the log.' });
  const card = await cardOf(cleo(), number);
  await writes(ana(), number, 'It is coming.');
  await cleo().sees('It is coming.');
  const own = ana()
    .screen()
    .places.find(({ kind, title }) => kind === 'thread' && title.includes(`#${number}`));
  const file = (name: string, content: string) => ({ name, bytes: Buffer.from(content) });
  await ana().says('the log', own?.id, [file('mail.log', 'bounced')]);
  const has = (person: Person, name: string) =>
    person
      .screen()
      .places.some(({ messages }) => messages.some(one => one.files?.some(given => given.name === name)));
  await cleo().watches(() => has(cleo(), 'mail.log'), 'the log');
  const thread = cleo()
    .screen()
    .places.find(({ id }) => id.endsWith(`:${card}`));
  await cleo().says('// look', thread?.id, [file('inside.txt', 'secret')]);
  await cleo().says('please read', thread?.id, [file('how-to.txt', 'step one')]);
  await ana().watches(() => has(ana(), 'how-to.txt'), 'the answer’s file');
  expect(has(ana(), 'inside.txt')).toBe(false);
});

test('who is not in the channel of the staff is no staff', async () => {
  const ben = world.slack.person('ben');
  const number = await opensByForm(ana(), { subject: 'Mine', description: 'Only mine.' });
  await cardOf(cleo(), number);
  await ben.says(`/desk show ${number}`, 'support');
  await ben.sees('Only support staff can do this.');
  expect(textsOf(ben).join()).not.toContain('Only mine');
});

test('a reply that is also sent to the channel is still a reply, once', async () => {
  const number = await opensByForm(ana(), { subject: 'Loud', description: 'Please answer aloud.' });
  const card = await cardOf(cleo(), number);
  await cleo().repliesTo(card, 'For all to read', { broadcast: true });
  await ana().sees('For all to read');
  await seesMark(cleo(), 'For all to read', '✅');
  const head = ana()
    .screen()
    .places.flatMap(({ messages }) => messages)
    .find(({ bot, text }) => bot && text.includes(`#${number}`));
  await ana().repliesTo(head?.id ?? '', 'And mine aloud', { broadcast: true });
  await cleo().sees('And mine aloud');
  await allQuiet(world);
  expect(textsOf(ana()).filter(text => text === 'For all to read')).toHaveLength(1);
  await goesToPost(bob(), number);
  await bob().sees('And mine aloud');
});
