import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusal, type Stage, stage } from './stand-in.ts';

let on: Stage;
beforeEach(async () => {
  on = await stage();
});
afterEach(() => on.stop());

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const page = (text: string) => ({
  type: 'home' as const,
  blocks: [
    { type: 'section' as const, text: plain(text) },
    {
      type: 'actions' as const,
      elements: [{ type: 'button' as const, action_id: 'new', value: 'v', text: plain('New') }],
    },
  ],
});

test('the app is told when its page is opened, shows it, and hears what is pressed there', async () => {
  const ana = on.slack.person('ana');
  await ana.goes('Home');
  await on.slack.settled();
  expect(on.desk.events.at(-1)).toMatchObject({ type: 'app_home_opened', user: ana.id, tab: 'home' });
  const published = await on.client.views.publish({ user_id: ana.id, view: page('Your tickets') });
  await ana.sees('Your tickets', 'Home');
  await ana.presses('New', 'Home');
  await on.slack.settled();
  expect(on.desk.last('block_actions')).toMatchObject({
    container: { type: 'view', view_id: published.view?.id },
    view: { type: 'home' },
    actions: [{ action_id: 'new' }],
  });
  expect(
    on.slack
      .person('ben')
      .screen()
      .places.find(({ title }) => title === 'Home')?.messages,
  ).toEqual([]);
});

test('a page that has changed meanwhile is not written over, and a modal is no page', async () => {
  const user_id = on.slack.person('ana').id;
  const first = await on.client.views.publish({ user_id, view: page('one') });
  const hash = first.view?.hash ?? '';
  on.clock.forward(1000);
  await on.client.views.publish({ user_id, hash, view: page('two') });
  const third = on.client.views.publish({ user_id, hash, view: page('three') });
  expect(await refusal(third)).toMatchObject({ error: 'hash_conflict' });
  const modal = { type: 'modal' as const, title: plain('x'), blocks: [] };
  const wrong = on.client.views.publish({ user_id, view: modal });
  expect(await refusal(wrong)).toMatchObject({ error: 'invalid_arguments' });
});

test('a shortcut brings the message, and may open a form', async () => {
  const ana = on.slack.person('ana');
  const id = (await ana.says('Mail is *down*', 'general')) ?? '';
  await ana.uses('Open a ticket', id);
  await on.slack.settled();
  expect(on.desk.last('message_action')).toMatchObject({
    callback_id: 'open_ticket',
    message_ts: id,
    message: { text: 'Mail is *down*', user: ana.id },
    channel: { name: 'general' },
    response_url: expect.stringContaining('/actions/'),
  });
  await expect(ana.uses('Translate', id)).rejects.toThrow('no shortcut');
});
