import { afterEach, expect, test } from 'vitest';
import { closeAll, open, refusal } from './world.ts';

afterEach(closeAll);

test('a topic of a forum is a place of its own', async () => {
  const { telegram, api } = await open();
  const forum = telegram.addGroup({ title: 'Desk', kind: 'forum' });
  const waiting = telegram.person('ana').sees('A new ticket', '#7');
  const topic = await api.createForumTopic(forum, '#7 Server down');
  await api.sendMessage(forum, 'A new ticket', { message_thread_id: topic.message_thread_id });
  const ben = telegram.person('ben');
  expect(await waiting).toBe('A new ticket');
  await ben.says('On it', '#7');
  const post = ben.screen().places.find(({ kind }) => kind === 'post');
  expect(post).toMatchObject({ title: '#7 Server down', parent: forum });
  expect(post?.messages.map(({ text }) => text)).toEqual(['A new ticket', 'On it']);
  const [update] = await api.getUpdates();
  expect(update?.message).toMatchObject({
    message_thread_id: topic.message_thread_id,
    is_topic_message: true,
    chat: { is_forum: true },
  });
  await api.editForumTopic(forum, topic.message_thread_id, { name: '#7 solved' });
  await api.closeForumTopic(forum, topic.message_thread_id);
  expect(ben.screen().places.find(({ kind }) => kind === 'post')).toMatchObject({
    title: '#7 solved',
    archived: true,
  });
  expect(await refusal(api.sendMessage(forum, 'x', { message_thread_id: 999 }))).toBe(
    'Bad Request: message thread not found',
  );
  expect(await refusal(api.createForumTopic(telegram.person('ana').id, 'x'))).toBe(
    'Bad Request: the chat is not a forum',
  );
});

test('a plain member hears commands and mentions only', async () => {
  const { telegram, api } = await open();
  telegram.addGroup({ title: 'Club', bot: 'member' });
  const ana = telegram.person('ana');
  await ana.says('between us', 'Club');
  await ana.says('/ticket', 'Club');
  await ana.says(`hey @${telegram.botUsername}`, 'Club');
  expect((await api.getUpdates()).map(({ message }) => message?.text)).toEqual([
    '/ticket',
    'hey @switchdesk_pretend_bot',
  ]);
});

test('a mention in a group pings, the same text as code does not', async () => {
  const { telegram, api } = await open();
  const group = telegram.addGroup({ title: 'Desk' });
  await api.sendMessage(group, '<code>@ana_pretend</code> @everyone', { parse_mode: 'HTML' });
  await telegram.person('ana').starts();
  await api.sendMessage(telegram.person('ana').id, 'your name is @ana_pretend');
  expect(telegram.pings).toEqual([]);
  const { message_id } = await api.sendMessage(group, 'hello @ana_pretend');
  expect(telegram.pings).toEqual([{ place: group, message: String(message_id), whom: 'ana' }]);
});

test('an upgraded group says where it went', async () => {
  const { telegram, api } = await open();
  const group = telegram.addGroup({ title: 'Desk', kind: 'group' });
  const upgraded = telegram.migrateGroup(group, 'ana');
  await expect(api.sendMessage(group, 'x')).rejects.toMatchObject({
    error_code: 400,
    parameters: { migrate_to_chat_id: Number(upgraded) },
  });
  expect((await api.sendMessage(upgraded, 'x')).chat.type).toBe('supergroup');
  expect(
    (await api.getUpdates()).map(
      ({ message }) => message?.migrate_to_chat_id ?? message?.migrate_from_chat_id,
    ),
  ).toEqual([Number(upgraded), Number(group)]);
});

test('people see the commands of their own language', async () => {
  const { telegram, api } = await open();
  const set = (description: string, language_code?: 'pl') =>
    api.setMyCommands([{ command: 'ticket', description }], {
      scope: { type: 'all_private_chats' },
      language_code,
    });
  await set('Open a ticket');
  await set('Otwórz zgłoszenie', 'pl');
  const seen = (name: string) =>
    telegram
      .person(name)
      .screen()
      .commands.map(({ description }) => description);
  expect([seen('ana'), seen('ben')]).toEqual([['Otwórz zgłoszenie'], ['Open a ticket']]);
  await api.deleteMyCommands({ scope: { type: 'all_private_chats' }, language_code: 'pl' });
  expect(seen('ana')).toEqual(['Open a ticket']);
  expect(await refusal(api.setMyCommands([{ command: 'Ticket!', description: 'x' }]))).toBe(
    'Bad Request: BOT_COMMAND_INVALID',
  );
});

test('the bot introduces itself in each language', async () => {
  const { api, telegram } = await open();
  await api.setMyDescription('Support', {});
  await api.setMyDescription('Wsparcie', { language_code: 'pl' });
  expect(await api.getMyDescription({ language_code: 'pl' })).toEqual({ description: 'Wsparcie' });
  expect(await api.getMyDescription({ language_code: 'de' })).toEqual({ description: 'Support' });
  await api.setMyName('Host Desk');
  expect(telegram.person('ben').screen().places[0]?.title).toBe('Host Desk');
  await api.setChatMenuButton({ menu_button: { type: 'commands' } });
  expect(await api.getChatMenuButton()).toEqual({ type: 'commands' });
});
