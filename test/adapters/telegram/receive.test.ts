import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTelegramChannel } from '../../../src/adapters/telegram/index.ts';
import { understand } from '../../../src/adapters/telegram/receive.ts';
import type { Channel, RawRequest } from '../../../src/core/index.ts';
import { phrases, SECRET } from './desk.ts';
import { askOf, chat, command, from, inboundOf, message, NOW, reading } from './updates.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const pressOf = (data: string) => ({
  update_id: 1,
  callback_query: { id: '9', from, data, message: { message_id: 5, date: 0, chat } },
});

const textOf = (over: object) => {
  const inbound = inboundOf(message(over));
  return inbound?.type === 'said' ? inbound.text : inbound;
};

describe('what people do', () => {
  it('a text is said, in the person’s own chat', () => {
    const over = {
      text: 'is *it* down',
      reply_to_message: { message_id: 130, date: 1, chat },
    };
    expect(inboundOf(message(over))).toEqual({
      type: 'said',
      eventId: 'upd:1001',
      at: new Date(1_767_224_888_000),
      from: { space: '', externalId: '7527593', name: 'Ana Nowak', locale: 'pl' },
      place: '7527593',
      direct: true,
      ref: '133',
      replyTo: '130',
      text: 'is \\*it\\* down',
    });
  });

  it('commands ask', () => {
    expect(askOf('/ticket')).toEqual({ what: 'open', subject: '' });
    expect(askOf('/ticket  Mail\n is  down')).toEqual({ what: 'open', subject: 'Mail is down' });
    expect(askOf('/start')).toEqual({ what: 'help' });
    expect(askOf('/start ticket')).toEqual({ what: 'open', subject: '' });
    expect(askOf('/start else')).toEqual({ what: 'help' });
    expect(askOf('/tickets')).toEqual({ what: 'list' });
    expect(askOf('/show 12')).toEqual({ what: 'show', number: '12' });
    expect(askOf('/CLOSE #12')).toEqual({ what: 'close', number: '#12' });
    expect(askOf('/help')).toEqual({ what: 'help' });
    expect(askOf('/dance now')).toEqual({ what: 'unknown', words: '/dance now' });
  });

  it('a command with a name is ours when the name is ours, or not known yet', () => {
    expect(askOf('/help@Desk_Bot')).toEqual({ what: 'help' });
    expect(askOf('/help@other_bot')).toEqual({ what: 'unknown', words: '/help@other_bot' });
    expect(inboundOf(command('/help@any_bot'), '')).toMatchObject({ ask: { what: 'unknown' } });
    expect(understand(command('/help@any_bot'), reading())?.inbound[0]).toMatchObject({
      ask: { what: 'help' },
    });
  });

  it('a slash later in a text, or without an entity, is no command', () => {
    expect(textOf({ text: 'see /etc', entities: [{ type: 'bot_command', offset: 4, length: 4 }] })).toBe(
      'see /etc',
    );
    expect(textOf({ text: '/etc/passwd is gone' })).toBe('/etc/passwd is gone');
  });

  it('names what is attached and cannot be fetched in the person’s language, with the caption', () => {
    expect(textOf({ photo: [{ file_id: 'x' }], caption: 'the rack' })).toBe('the rack');
    expect(textOf({ document: { file_name: 'a_b.pdf' } })).toBe('📎 plik: a\\_b.pdf');
    expect(textOf({ animation: { file_name: 'a.gif' }, document: { file_name: 'a.gif' } })).toBe(
      '📎 film: a.gif',
    );
    expect(textOf({ voice: {} })).toBe('📎 wiadomość głosowa');
    expect(textOf({ location: { latitude: 52.1, longitude: 21 } })).toBe('📎 lokalizacja: 52\\.1, 21');
    expect(textOf({ contact: { phone_number: '+48', first_name: 'Jan' } })).toBe('📎 kontakt: Jan +48');
  });

  it('a press comes with its action and the message it is under', () => {
    const callback_query = { id: '99', from, data: 'use:12', message: { message_id: 5, date: 0, chat } };
    const understood = understand({ update_id: 7, callback_query }, reading());
    expect(understood).toMatchObject({
      press: { id: '99', chatId: 7_527_593, messageId: 5 },
      inbound: [{ type: 'pressed', eventId: 'upd:7', at: NOW, action: 'use:12', place: '7527593', ref: '5' }],
    });
  });
});

describe('what people do to messages', () => {
  it('an edit has the whole text, and of two in one second the later update is the newer', () => {
    const edited = (update_id: number, text: string) =>
      inboundOf({ update_id, edited_message: { ...message({ text }).message, edit_date: 1_767_224_900 } });
    const [first, second] = [edited(7, 'one'), edited(8, 'two')];
    expect(first).toMatchObject({
      type: 'edited',
      eventId: 'upd:7',
      ref: '133',
      place: '7527593',
      text: 'one',
    });
    expect(first?.type === 'edited' && second?.type === 'edited' && second.version > first.version).toBe(
      true,
    );
  });

  it('a reaction that took the place of another is one gone and one come, fully qualified', () => {
    const one = (emoji: string) => [{ type: 'emoji', emoji }];
    const message_reaction = {
      chat,
      message_id: 5,
      user: from,
      date: 9,
      old_reaction: one('👍'),
      new_reaction: one('❤'),
    };
    expect(understand({ update_id: 3, message_reaction }, reading())?.inbound).toMatchObject([
      { type: 'reacted', eventId: 'upd:3', ref: '5', emoji: '👍', on: false, place: '7527593', direct: true },
      { type: 'reacted', eventId: 'upd:3:1', ref: '5', emoji: '❤️', on: true },
    ]);
    const own = {
      ...message_reaction,
      old_reaction: [],
      new_reaction: [{ type: 'custom_emoji', custom_emoji_id: '1' }],
    };
    expect(understand({ update_id: 4, message_reaction: own }, reading())?.inbound).toEqual([]);
  });

  it('a file comes with what it takes to fetch it, a photo in its largest size', () => {
    const filesOf = (over: object) => {
      const inbound = inboundOf(message(over));
      return inbound?.type === 'said' ? inbound.files : undefined;
    };
    const photo = [
      { file_id: 'small', file_size: 900 },
      { file_id: 'large', file_size: 90_000 },
    ];
    expect(filesOf({ photo })).toEqual([{ source: 'large', name: 'photo-133.jpg', size: 90_000 }]);
    expect(filesOf({ document: { file_id: 'd1', file_name: 'a\nb.pdf' } })).toEqual([
      { source: 'd1', name: 'a b.pdf' },
    ]);
    expect(filesOf({ voice: { file_id: 'v1' } })).toEqual([{ source: 'v1', name: 'voice-133.ogg' }]);
    expect(filesOf({ document: { file_id: '../../x' } })).toBeUndefined();
    expect(filesOf({ text: 'no file' })).toBeUndefined();
  });
});

describe('what has a strange shape', () => {
  it('is read without what only decorates it', () => {
    const strange = {
      text: 'is it down?',
      from: { ...from, first_name: 7, last_name: {}, language_code: 'pl\u0000' },
      entities: 'none',
      caption: 3,
      reply_to_message: { message_id: 'x' },
    };
    expect(inboundOf(message(strange))).toEqual({
      type: 'said',
      eventId: 'upd:1001',
      at: new Date(1_767_224_888_000),
      from: { space: '', externalId: '7527593' },
      place: '7527593',
      direct: true,
      ref: '133',
      text: 'is it down?',
    });
  });

  it.each([`${'x'.repeat(36)}`, 'p l', '', 'ż', 5, null])('a language %j is left out', language_code => {
    expect(inboundOf(message({ text: 'hi', from: { ...from, language_code } }))?.from).toEqual({
      space: '',
      externalId: '7527593',
      name: 'Ana Nowak',
    });
  });

  it('an attachment keeps its kind', () => {
    expect(textOf({ document: 5, caption: 'see' })).toBe('📎 plik\n\nsee');
    expect(textOf({ photo: {} })).toBe('📎 zdjęcie');
    expect(textOf({ voice: 'x' })).toBe('📎 wiadomość głosowa');
    expect(textOf({ contact: { first_name: 1 } })).toBe('📎 kontakt');
  });

  it.each([
    [
      'a kind that the desk does not know',
      { paid_media: {}, caption: 'look' },
      '📎 coś, czego nie da się tu pokazać\n\nlook',
    ],
    ['a kind that nobody knows yet', { hologram: {} }, '📎 coś, czego nie da się tu pokazać'],
    ['a known one that cannot be read', { poll: 5 }, '📎 coś, czego nie da się tu pokazać'],
  ])('%s becomes a neutral line', (_, over, line) => {
    expect(textOf(over)).toBe(line);
  });

  it.each([
    ['message.text', message({ text: 5 })],
    ['message.chat.id', message({ text: 'secret', chat: { ...chat, id: 'secret' } })],
    ['callback_query.from.id', { update_id: 1001, callback_query: { id: '9', from: { id: 'secret' } } }],
  ])('without its %s it is dropped, and the place is named', (fault, raw) => {
    expect(understand(raw, reading())).toEqual({ id: 1001, inbound: [], fault });
  });
});

describe('what is nothing to the desk', () => {
  it.each([
    ['a group', message({ text: 'hi', chat: { id: -100, type: 'supergroup', title: 'x' } })],
    ['another bot', message({ text: 'hi', from: { ...from, is_bot: true } })],
    ['nobody', message({ text: 'hi', from: undefined })],
    ['a service message', message({ pinned_message: { message_id: 1 } })],
    [
      'a reaction of nobody',
      {
        update_id: 1,
        message_reaction: { chat, message_id: 1, date: 1, old_reaction: [], new_reaction: [] },
      },
    ],
    [
      'an edit in a group',
      {
        update_id: 1,
        edited_message: { ...message({ text: 'hi' }).message, chat: { id: -100, type: 'group' } },
      },
    ],
    ['a channel post', { update_id: 1, channel_post: message({ text: 'hi' }).message }],
    ['a payment', message({ successful_payment: {} })],
    ['being blocked', { update_id: 1, my_chat_member: { chat, from, date: 1 } }],
    ['a kind that is not known yet', { update_id: 1, something_new: {} }],
    ['a time that is no time', message({ text: 'hi', date: 1e15 })],
    ['a press without data', { update_id: 1, callback_query: { id: '9', from, game_short_name: 'x' } }],
    ['a press with more data than a button has', pressOf('a'.repeat(65))],
    ['a press with data that no button of ours has', pressOf('use:ą')],
    ['a press with data that no database takes', pressOf('use:\u0000')],
    ['a press with a blank in its data', pressOf('use: 1')],
    ['a press without any data', pressOf('')],
  ])('%s', (_, raw) => {
    const understood = understand(raw, reading());
    expect(understood).toBeDefined();
    expect(understood?.inbound).toEqual([]);
  });

  it('is never an exception, whatever comes', () => {
    const keys = ['update_id', 'message', 'callback_query', 'text', 'entities', 'from', 'chat', 'id', 'type'];
    const json = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, 0, -1, Number.POSITIVE_INFINITY, 'private', '', 'x', true),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(json, json, (raw, inner) => {
        understand(raw, reading());
        understand({ update_id: 1, message: inner, callback_query: raw }, reading());
      }),
      { numRuns: 500 },
    );
  });
});

describe('a webhook request', () => {
  let channel: Channel;
  beforeAll(() => {
    channel = createTelegramChannel({
      token: '1:x',
      webhookSecret: SECRET,
      log: silent,
      now: () => NOW,
      phrases,
    });
  });
  const request = (body: string, secret: string | undefined = SECRET): RawRequest => ({
    headers: { 'x-telegram-bot-api-secret-token': secret },
    body,
    now: NOW,
  });

  it('with the secret is read', async () => {
    const received = await channel.receive(request(JSON.stringify(message({ text: 'hi' }))));
    expect(received).toMatchObject({ verified: true, inbound: [{ type: 'said', text: 'hi' }] });
    expect(received.verified && (await received.respond([{ type: 'nothing' }]))).toEqual({ status: 200 });
  });

  it.each([
    ['wrong', `${SECRET}x`],
    ['empty', ''],
    ['shorter', SECRET.slice(1)],
  ])('with a %s secret is refused before it is parsed', async (_, secret) => {
    expect(await channel.receive(request('{', secret))).toMatchObject({
      verified: false,
      response: { status: 401 },
    });
  });

  it('without the header is refused, and so is everything when there is no secret of ours', async () => {
    const bare = { headers: {}, body: '{}', now: NOW };
    expect(await channel.receive(bare)).toMatchObject({ verified: false, response: { status: 401 } });
    const open = createTelegramChannel({ token: '1:x', log: silent, now: () => NOW, phrases });
    expect(await open.receive(request('{}'))).toMatchObject({ verified: false, response: { status: 401 } });
    expect(await open.receive(request('{}', ''))).toMatchObject({
      verified: false,
      response: { status: 401 },
    });
  });

  it.each(['', '{', 'null', '[]', '{"update_id":"1"}'])('that is no update (%s) gets 400', async body => {
    const received = await channel.receive(request(body));
    expect(received).toMatchObject({ verified: true, inbound: [] });
    expect(received.verified && (await received.respond([]))).toEqual({ status: 400 });
  });

  it('with a part that has a strange shape gets 200, or it would come for a day', async () => {
    const lines: unknown[] = [];
    const log = { ...silent, warn: (...line: unknown[]) => void lines.push(line) };
    const noting = createTelegramChannel({
      token: '1:x',
      webhookSecret: SECRET,
      log,
      now: () => NOW,
      phrases,
    });
    const received = await noting.receive(request('{"update_id":1,"message":{"message_id":"private"}}'));
    expect(received).toMatchObject({ verified: true, inbound: [] });
    expect(received.verified && (await received.respond([]))).toEqual({ status: 200 });
    expect(lines).toEqual([
      ['telegram: an update was not understood', { update: 1, at: 'message.message_id' }],
    ]);
  });
});
