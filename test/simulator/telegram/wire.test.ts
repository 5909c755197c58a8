import { InlineKeyboard, InputFile } from 'grammy';
import { afterEach, describe, expect, test } from 'vitest';
import { telegramRequestFaults, telegramSchemaAvailable } from '../../harness/telegram-schema.ts';
import { closeAll, open, refusal } from './world.ts';

afterEach(closeAll);

describe.skipIf(!telegramSchemaAvailable)('the published schema (skipped where it is not at hand)', () => {
  test('finds nothing wrong in what grammY sends', async () => {
    const { telegram, api } = await open();
    const ana = telegram.person('ana');
    await ana.starts();
    const chat = Number(ana.id);
    const reply_markup = new InlineKeyboard().text('Go', 'go').url('Status', 'https://status.example.com');
    const { message_id } = await api.sendMessage(chat, '<b>Hi</b>', { parse_mode: 'HTML', reply_markup });
    await api.sendMessage(chat, 'Re', {
      reply_parameters: { message_id },
      entities: [{ type: 'bold', offset: 0, length: 2 }],
    });
    await api.editMessageText(chat, message_id, 'Hi again');
    await api.setMessageReaction(chat, message_id, [{ type: 'emoji', emoji: '👍' }]);
    await api.setMyCommands([{ command: 'ticket', description: 'Open a ticket' }], {
      scope: { type: 'all_private_chats' },
    });
    await api.sendDocument(chat, new InputFile(Buffer.from('log'), 'diag.txt'), {
      caption: 'log',
      reply_markup,
    });
    await api.getUpdates({ limit: 1, allowed_updates: ['message'] });
    expect(telegram.requests).toHaveLength(7);
    expect(telegram.requests.flatMap(({ path, body }) => telegramRequestFaults(path, body))).toEqual([]);
  });

  test('finds wrong types, unknown and missing fields, at any depth', () => {
    const faults = telegramRequestFaults('/sendMessage', {
      chat_id: true,
      colour: 'red',
      reply_markup: { inline_keyboard: [[{ text: 5, callback_data: 'x' }]] },
    });
    expect(faults.join('\n')).toContain('sendMessage.colour: unknown field');
    expect(faults.join('\n')).toContain('sendMessage.text: missing');
    expect(faults.join('\n')).toContain('sendMessage.chat_id');
    expect(faults.join('\n')).toContain(
      'sendMessage.reply_markup.inline_keyboard[0][0].text: 5 is no String',
    );
    expect(telegramRequestFaults('/sendMesage', {})).toEqual(['/sendMesage: no such method']);
  });
});

test('JSON, a form, a query and multipart mean the same', async () => {
  const { telegram } = await open();
  const ana = telegram.person('ana');
  await ana.starts();
  const address = `${telegram.url}/bot${telegram.botToken}/sendMessage`;
  const keyboard = JSON.stringify({ inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] });
  const form = new FormData();
  for (const [name, value] of Object.entries({ chat_id: ana.id, text: 'hi', reply_markup: keyboard }))
    form.set(name, value);
  const query = new URLSearchParams({ chat_id: ana.id, text: 'hi', reply_markup: keyboard });
  const json = { chat_id: Number(ana.id), text: 'hi', reply_markup: JSON.parse(keyboard) as unknown };
  const answers = await Promise.all([
    fetch(address, {
      method: 'POST',
      body: JSON.stringify(json),
      headers: { 'content-type': 'application/json' },
    }),
    fetch(address, { method: 'POST', body: query }),
    fetch(`${address}?${query}`),
    fetch(address, { method: 'POST', body: form }),
  ]);
  const results = await Promise.all(
    answers.map(answer => answer.json() as Promise<{ result: { reply_markup: unknown } }>),
  );
  expect(results.map(({ result }) => result.reply_markup)).toEqual(Array(4).fill(JSON.parse(keyboard)));
});

test('files go both ways, and a link dies after its hour', async () => {
  const { telegram, api, clock } = await open();
  const ana = telegram.person('ana');
  await ana.sendsDocument('trace.log', Buffer.from('hop 1'), 'my trace', 'text/plain');
  const [update] = await api.getUpdates();
  expect(update?.message).toMatchObject({
    caption: 'my trace',
    document: { file_name: 'trace.log', mime_type: 'text/plain', file_size: 5 },
  });
  const { file_path } = await api.getFile(update?.message?.document?.file_id ?? '');
  const fetched = () => fetch(`${telegram.url}/file/bot${telegram.botToken}/${file_path}`);
  expect(await (await fetched()).text()).toBe('hop 1');
  clock.pass(3_600_001);
  expect((await fetched()).status).toBe(404);
  expect(await refusal(api.getFile('nonsense'))).toContain('wrong file_id');
  const sent = await api.sendPhoto(ana.id, new InputFile(Buffer.from('89504e470d0a1a0a', 'hex'), 'a.jpg'), {
    caption: '<i>look</i>',
    parse_mode: 'HTML',
  });
  expect(sent).toMatchObject({
    caption: 'look',
    caption_entities: [{ type: 'italic', offset: 0, length: 4 }],
  });
  expect(ana.screen().places[0]?.messages.at(-1)?.text).toBe('[photo: a.jpg] look');
});

test('what a person types comes as text with entities', async () => {
  const { telegram, api } = await open();
  await telegram.person('ana').says('/ticket broken at https://panel.example.com/a, ask @bob_support');
  const [update] = await api.getUpdates();
  expect(update?.message?.entities).toEqual([
    { type: 'bot_command', offset: 0, length: 7 },
    { type: 'url', offset: 18, length: 27 },
    { type: 'mention', offset: 51, length: 12 },
  ]);
  expect(update?.message?.from).toMatchObject({
    first_name: 'Ana',
    last_name: 'Nowak',
    language_code: 'pl',
    is_bot: false,
  });
});

test('a long text of a person comes in pieces, an empty one not at all', async () => {
  const { telegram, api } = await open();
  const ana = telegram.person('ana');
  await ana.says('ą'.repeat(10_000));
  expect(await ana.says('   ')).toBeUndefined();
  expect((await api.getUpdates()).map(({ message }) => message?.text?.length)).toEqual([4096, 4096, 1808]);
});

test('a reply carries what it replies to, unless the client leaves it out', async () => {
  const { telegram, api } = await open();
  const ana = telegram.person('ana');
  await ana.starts();
  const { message_id } = await api.sendMessage(ana.id, 'Anything else?');
  await ana.repliesTo(String(message_id), 'yes');
  await ana.repliesTo(String(message_id), 'and no', { omit: true });
  const updates = await api.getUpdates({ offset: -2 });
  expect(updates.map(({ message }) => message?.reply_to_message?.message_id)).toEqual([
    message_id,
    undefined,
  ]);
  const html = ana
    .screen()
    .places[0]?.messages.slice(-2)
    .map(message => message.html);
  expect(html).toEqual([
    '<blockquote class="reply"><b>Switchdesk</b> Anything else?</blockquote>yes',
    '<blockquote class="reply"><b>Switchdesk</b> Anything else?</blockquote>and no',
  ]);
});

test('markup becomes safe HTML, and hostile names stay text', async () => {
  const { telegram, api } = await open();
  const eve = telegram.person('eve');
  await eve.says('<script>alert(1)</script>');
  const text =
    '*bold _both_* __u__ ~s~ ||sp|| `c<d` [l](https://x.example/?a="b) \\<b\\>\n>quote\n```js\nlet a\n```';
  await api.sendMessage(eve.id, text, { parse_mode: 'MarkdownV2' });
  const [first, second] = eve.screen().places[0]?.messages ?? [];
  expect(first?.author).toBe('Eve @everyone <!channel> *x* <b>');
  expect(first?.html).toBe('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(second?.html).toBe(
    '<b>bold <i>both</i></b> <u>u</u> <s>s</s> <span class="spoiler">sp</span> <code>c&lt;d</code> ' +
      '<a href="https://x.example/?a=%22b" rel="noopener noreferrer" target="_blank">l</a> &lt;b&gt;<br>' +
      '<blockquote>quote</blockquote><br><pre data-language="js">let a</pre>',
  );
  expect(second?.text).toBe('bold both u s sp c<d l <b>\nquote\nlet a');
});
