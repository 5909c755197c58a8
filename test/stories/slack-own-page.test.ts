import { expect, test } from 'vitest';
import { allQuiet, inWorld, opensByForm, textsOf } from './steps.ts';

const world = inWorld({ pace: 4 });

test('the page lists one’s own tickets, and changes with them', async () => {
  const [ana, ben] = [world.slack.person('ana'), world.slack.person('ben')];
  const number = await opensByForm(ben, { subject: 'Invoice', description: 'Of May, please.' });
  const here = ben.screen().current;
  await ben.goes('Home');
  await ben.sees(`#${number} Invoice`, 'Home');
  await ben.goes(here);
  await ben.says(`/ticket close ${number}`, 'support');
  await ben.watches(
    ({ places }) =>
      places.some(({ title, messages }) => title === 'Home' && /closed/.test(messages[0]?.text ?? '')),
    'the closed ticket on the page',
  );
  const ownPage = () => ana.screen().places.find(({ title }) => title === 'Home')?.messages[0]?.text;
  await ana.goes('Home');
  await ana.watches(() => ownPage() !== undefined, 'her own page');
  await allQuiet(world);
  expect(ownPage()).not.toContain('Invoice');
});

test('a ticket begins with a message that the shortcut was used on', async () => {
  const ben = world.slack.person('ben');
  const id = (await world.slack.person('ana').says('The mail server is down', 'general')) ?? '';
  await ben.uses('Open a ticket', id);
  await ben.watches(({ modal }) => modal !== null, 'the form');
  const value = ben.screen().modal?.fields.find(field => field.id === 'description')?.value;
  expect(value).toContain('The mail server is down');
  await ben.dismisses();
});

test('an answer to a loose message of the chat is not lost', async () => {
  const ana = world.slack.person('ana');
  const fromDesk = () =>
    ana
      .screen()
      .places.find(({ kind }) => kind === 'dm')
      ?.messages.findLast(({ bot }) => bot);
  await ana.says('Hello?', 'Switchdesk');
  await ana.watches(() => fromDesk() !== undefined, 'an answer');
  const loose = fromDesk();
  const before = textsOf(ana).length;
  await ana.repliesTo(loose?.id ?? '', 'My site is down');
  await ana.watches(() => textsOf(ana).length > before + 1, 'an answer');
});
