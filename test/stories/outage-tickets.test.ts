import { expect, test } from 'vitest';
import { noticeBodySchema } from '../../src/core/index.ts';
import { rents } from './provider.ts';
import { goesToPost, inWorld, opensByForm, writes } from './steps.ts';

const world = inWorld();
const bob = () => world.discord.person('bob');
const ben = () => world.slack.person('ben');
const tom = () => world.telegram.person('tom');

/** What staff announce; the windows of it have stories of their own. */
async function announces(text: string): Promise<number> {
  const input = noticeBodySchema.parse({
    kind: 'outage',
    title: { en: 'Power', pl: 'Zasilanie' },
    text: { en: text },
    objects: [{ type: 'location', value: 'WAW1' }],
    state: 'identified',
  });
  const made = await world.desk.api.notices.draft(text, input);
  if (!('notice' in made)) throw new Error(JSON.stringify(made));
  await world.desk.api.notices.confirm(made.notice.id, made.notice.edition);
  return made.notice.id;
}

async function resolves(id: number, text: string): Promise<void> {
  const view = await world.desk.api.notices.get(id);
  const made = await world.desk.api.notices.prepare(id, 'resolve', {
    edition: view?.edition ?? 0,
    text: { en: text },
  });
  if (made === undefined || !('notice' in made)) throw new Error(JSON.stringify(made));
  await world.desk.api.notices.confirm(id, made.notice.edition);
}

test('a ticket about a running outage follows it: told at once, no clock, answered by its end, open again with a word', async () => {
  await ben().says('/ticket list');
  await ben().sees('You have no tickets.');
  await rents(world, 'ben', { addresses: [], as: ben() });
  const outage = await announces('A feed is down.');
  await ben().sees(`Outage N-${outage}: Power`);
  const number = await opensByForm(ben(), {
    subject: 'Everything is down',
    description: 'Nothing answers.',
    service: 'Shop of ben',
  });
  await ben().sees(`about something we are working on: outage N-${outage}`);
  await ben().sees('We have found the cause and are working on it.');
  await goesToPost(bob(), number);
  await bob().sees(`Part of outage N-${outage}: Power`);
  await bob().sees(new RegExp(`Notice.*part of N-${outage} Power`, 's'));
  await resolves(outage, 'The feed was replaced.');
  await ben().sees(`Outage N-${outage} is over: Power.`);
  await ben().sees(`We consider ticket #${number} solved.`);
  await bob().sees(`Outage N-${outage} is over: the customer has been told.`);
  await writes(ben(), number, 'Mine still does not answer.');
  await bob().sees('Mine still does not answer.');
  const [row] = await world.database.sql<{ state: string }[]>`select state from ticket where id = ${number}`;
  expect(row?.state).toBe('open');
});

test('staff take one out of it with a button, and it goes its own way', async () => {
  const outage = await announces('The other feed is down.');
  const number = await opensByForm(ben(), {
    subject: 'A disk is gone',
    description: 'One of two.',
    service: 'Shop of ben',
  });
  await goesToPost(bob(), number);
  await bob().sees(`Part of outage N-${outage}`);
  // The post says it before its card has the button.
  await bob().watches(
    ({ places }) =>
      places.some(({ messages }) =>
        messages.some(({ buttons }) => buttons.some(one => one.label.includes('Not part of it'))),
      ),
    'the button on the card',
  );
  await bob().presses('Not part of it');
  await ben().sees(`Ticket #${number} is not about outage N-${outage} after all.`);
  await bob().sees('its clocks go on');
  await resolves(outage, 'It works.');
});

test('on Telegram: what concerns me, and an answer to a notice is a ticket that knows it', async () => {
  world.telegram.addPerson({ name: 'tom', locale: 'en' });
  await tom().says('/status');
  await tom().sees('when we know who you are');
  await rents(world, 'tom', { addresses: [], as: tom() });
  const outage = await announces('A switch is down.');
  await tom().sees(`Outage N-${outage}: Power`);
  await tom().says('/status');
  await tom().sees('What concerns you now and next:');
  const told = tom()
    .screen()
    .places.flatMap(({ messages }) => messages)
    .find(one => one.bot && one.text.includes(`N-${outage}`));
  await tom().repliesTo(told?.id ?? '', 'Is my backup safe?');
  await tom().sees(/We have your ticket #\d+: N-\d+: Power/);
  await bob().watches(
    ({ places: posts }) => posts.some(({ title }) => title.includes(`N-${outage}: Power`)),
    'the post of it',
  );
  await resolves(outage, 'It works.');
  await tom().sees(`Outage N-${outage} (resolved): Power`);
});
