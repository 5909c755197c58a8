import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { startWorld, type World } from '../harness/world.ts';
import { allQuiet, goesToPost, opensByForm, seesMark, textsOf, writes } from './steps.ts';

let world: World;
const ana = () => world.discord.person('ana');
const bob = () => world.discord.person('bob');
const cleo = () => world.slack.person('cleo');

beforeEach(async () => {
  world = await startWorld({ slackDesk: true, pace: 4 });
});
afterEach(() => world.stop());

const errors = () => world.log.lines.filter(line => line.startsWith('error'));
/** The thread of the ticket at the desk in Slack, as the card's id. */
async function cardAt(staff: Person, number: number): Promise<string> {
  const isCard = (text: string) => new RegExp(`^#${number}\\b`).test(text);
  const screen = await staff.watches(
    ({ places }) => places.some(({ messages }) => messages.some(one => one.bot && isCard(one.text))),
    `the card of #${number}`,
  );
  return screen.places.flatMap(({ messages }) => messages).find(({ text }) => isCard(text))?.id ?? '';
}

test('a desk in Slack that is archived: the operator is told, the other desk goes on, and nothing is lost once it is back', async () => {
  const number = await opensByForm(ana());
  await cardAt(cleo(), number);
  await allQuiet(world);

  world.slack.archive('support-desk');
  await writes(ana(), number, 'It is getting worse.');
  await goesToPost(bob(), number);
  await bob().sees('It is getting worse.');
  await bob().says('We are looking at it.');
  await ana().sees('We are looking at it.');
  await seesMark(bob(), 'We are looking', '✅');
  await expect.poll(() => errors().join('\n')).toContain('the channel is archived: unarchive it');
  expect(textsOf(cleo()).join('\n')).not.toContain('worse');

  world.slack.archive('support-desk', false);
  world.forward(61_000);
  await cleo().sees('It is getting worse.');
  await cleo().sees('We are looking at it.');
  const said = textsOf(cleo()).filter(text => /worse|looking/.test(text));
  expect(said.findIndex(text => text.includes('worse'))).toBeLessThan(
    said.findIndex(text => text.includes('looking')),
  );
  expect(said.filter(text => text.includes('worse'))).toHaveLength(1);
});

test('a desk in Slack whose channel was deleted is no desk any more; the other has all of it', async () => {
  const number = await opensByForm(ana());
  await cardAt(cleo(), number);
  await allQuiet(world);
  world.slack.deleteChannel('support-desk');
  await writes(ana(), number, 'Still there?');
  await goesToPost(bob(), number);
  await bob().sees('Still there?');
  await bob().says('Yes.');
  await ana().sees('Yes.');
  await seesMark(bob(), 'Yes.', '✅');
  await expect.poll(() => errors().join('\n')).toContain('SLACK_DESK_CHANNEL_ID');
});
