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
  await telegram.person('ana').starts();
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

test('what answers nothing in a topic answers the message that made the topic', async () => {
  const { telegram, api } = await open();
  const forum = telegram.addGroup({ title: 'Desk', kind: 'forum' });
  const topic = await api.createForumTopic(forum, '#7');
  await telegram.person('ben').says('On it', '#7');
  const [update] = await api.getUpdates();
  expect(update?.message?.reply_to_message).toMatchObject({
    message_id: topic.message_thread_id,
    forum_topic_created: { name: '#7' },
  });
});

test('in a closed topic only administrators write, and in a deleted one nobody', async () => {
  const { telegram, api } = await open({
    people: [{ name: 'ana' }, { name: 'tom', role: 'staff' }],
  });
  const forum = telegram.addGroup({ title: 'Desk', kind: 'forum' });
  const { message_thread_id } = await api.createForumTopic(forum, '#7');
  const place = `${forum}/${message_thread_id}`;
  telegram.changeTopic(place, 'close');
  await expect(telegram.person('ana').says('hello', place)).rejects.toThrow('the topic is closed');
  await telegram.person('tom').says('still here', place);
  await api.sendMessage(forum, 'the bot too', { message_thread_id });
  telegram.setBotRole(forum, 'member');
  expect(await refusal(api.sendMessage(forum, 'x', { message_thread_id }))).toBe('Bad Request: TOPIC_CLOSED');
  telegram.setBotRole(forum, 'administrator');
  telegram.changeTopic(place, 'delete');
  expect(await refusal(api.sendMessage(forum, 'x', { message_thread_id }))).toBe(
    'Bad Request: message thread not found',
  );
  telegram.setBotRole(forum, 'left');
  expect(await refusal(api.sendMessage(forum, 'x'))).toBe(
    'Forbidden: bot was kicked from the supergroup chat',
  );
});

test('who is what in a group', async () => {
  const { telegram, api } = await open({
    people: [{ name: 'ana' }, { name: 'tom', role: 'staff' }],
  });
  const forum = telegram.addGroup({ title: 'Desk', kind: 'forum', members: ['tom'] });
  const status = async (name: string) =>
    (await api.getChatMember(forum, Number(telegram.person(name).id))).status;
  expect(await status('tom')).toBe('administrator');
  expect(await status('ana')).toBe('left');
  telegram.setMember(forum, 'ana', 'member');
  expect(await status('ana')).toBe('member');
  expect((await api.getChatAdministrators(forum)).map(({ user }) => user.first_name)).toEqual([
    'Switchdesk',
    'Tom',
  ]);
});

test('a bot without administrator rights hears no reactions, and may not pin', async () => {
  const { telegram, api } = await open();
  const club = telegram.addGroup({ title: 'Club', bot: 'member' });
  const desk = telegram.addGroup({ title: 'Desk' });
  await api.getUpdates({ allowed_updates: ['message', 'message_reaction'] });
  for (const group of [club, desk]) {
    const { message_id } = await api.sendMessage(group, 'hello');
    await telegram.person('ana').goes(group);
    await telegram.person('ana').reacts(String(message_id), '👍');
    if (group === club)
      expect(await refusal(api.pinChatMessage(group, message_id))).toContain('not enough rights');
    else expect(await api.pinChatMessage(group, message_id)).toBe(true);
  }
  expect((await api.getUpdates()).map(update => update.message_reaction?.chat.id)).toEqual([Number(desk)]);
});

test('topics in private chats, where the bot has them', async () => {
  const { telegram, api } = await open({ privateTopics: true });
  const ana = telegram.person('ana');
  await ana.starts();
  expect((await api.getMe()).has_topics_enabled).toBe(true);
  const { message_thread_id } = await api.createForumTopic(ana.id, '#7 Mail');
  await api.sendMessage(ana.id, 'We have your ticket', { message_thread_id });
  await ana.says('thanks', '#7');
  const message = (await api.getUpdates()).at(-1)?.message;
  expect(message).toMatchObject({ message_thread_id, is_topic_message: true, text: 'thanks' });
  expect(message?.reply_to_message).toBeUndefined();
  expect(await refusal(api.closeForumTopic(ana.id, message_thread_id))).toContain('not a supergroup forum');
});

test('a new token ends the old one', async () => {
  const { telegram, api } = await open();
  telegram.revokeToken();
  expect(await refusal(api.getMe())).toBe('Unauthorized');
});
