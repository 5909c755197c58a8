import { InlineKeyboard } from 'grammy';
import { afterEach, describe, expect, test } from 'vitest';
import { closeAll, open, refusal } from './world.ts';

afterEach(closeAll);

async function withAna(): Promise<Awaited<ReturnType<typeof open>> & { ana: number }> {
  const opened = await open({ rateLimits: false });
  await opened.telegram.person('ana').starts();
  return { ...opened, ana: Number(opened.telegram.person('ana').id) };
}

describe('who may be written to', () => {
  test('not a stranger, not one who never started, not one who blocked', async () => {
    const { telegram, api, ana } = await withAna();
    expect(await refusal(api.sendMessage(1, 'x'))).toBe('Bad Request: chat not found');
    const ben = Number(telegram.person('ben').id);
    expect(await refusal(api.sendMessage(ben, 'x'))).toBe(
      "Forbidden: bot can't initiate conversation with a user",
    );
    await telegram.person('ana').blocks();
    expect(await refusal(api.sendMessage(ana, 'x'))).toBe('Forbidden: bot was blocked by the user');
    await telegram.person('ana').starts('ticket_7');
    expect((await api.sendMessage(ana, 'x')).text).toBe('x');
    expect(telegram.person('ana').screen().places[0]?.messages.at(-2)?.text).toBe('/start ticket_7');
  });

  test('a wrong token is 401, a malformed one 404', async () => {
    const { telegram } = await open();
    const status = async (path: string): Promise<number> => (await fetch(`${telegram.url}/${path}`)).status;
    expect(await status('bot7104385526:AAF-another-token-of-the-simulator-00/getMe')).toBe(401);
    expect(await status('botnonsense/getMe')).toBe(404);
    expect(await status(`bot${telegram.botToken}/GETME`)).toBe(200);
  });
});

describe('texts', () => {
  test('1 to 4096 characters after parsing', async () => {
    const { api, ana } = await withAna();
    expect(await refusal(api.sendMessage(ana, ' \n '))).toBe('Bad Request: message text is empty');
    expect(await refusal(api.sendMessage(ana, 'x'.repeat(4097)))).toBe('Bad Request: message is too long');
    expect(
      (await api.sendMessage(ana, `<b>${'x'.repeat(4096)}</b>`, { parse_mode: 'HTML' })).text,
    ).toHaveLength(4096);
  });

  test.each([
    ['<b>open', `Can't find end tag corresponding to start tag "b"`],
    ['🏟 <div>x</div>', 'Unsupported start tag "div" at byte offset 5'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['a <b', 'Unclosed start tag at byte offset 2'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['2 < 3', 'Unsupported start tag "" at byte offset 2'],
  ])('HTML %s is refused', async (text, why) => {
    const { api, ana } = await withAna();
    expect(await refusal(api.sendMessage(ana, text, { parse_mode: 'HTML' }))).toBe(
      `Bad Request: can't parse entities: ${why}`,
    );
  });

  test.each([
    ['Version 1.0', "Character '.' is reserved and must be escaped with the preceding '\\'"],
    ['a-b', "Character '-' is reserved and must be escaped with the preceding '\\'"],
    ['🏟 🏟_abacaba', "Can't find end of Italic entity at byte offset 9"],
    ['*bold', "Can't find end of Bold entity at byte offset 0"],
    ['```js\nx', "Can't find end of PreCode entity at byte offset 0"],
    ['[x](https://a.example', "Can't find end of a URL at byte offset 3"],
    ['x >', "Character '>' is reserved and must be escaped with the preceding '\\'"],
  ])('MarkdownV2 %s is refused', async (text, why) => {
    const { api, ana } = await withAna();
    expect(await refusal(api.sendMessage(ana, text, { parse_mode: 'MarkdownV2' }))).toBe(
      `Bad Request: can't parse entities: ${why}`,
    );
  });

  test('a mention by id needs its user, of whom only the id counts', async () => {
    const { api, ana } = await withAna();
    const mention = (more: object) =>
      api.sendMessage(ana, 'x', {
        entities: [{ type: 'text_mention', offset: 0, length: 1, ...more } as never],
      });
    for (const more of [{}, { user: 5 }, { user: { first_name: 'x' } }])
      expect(await refusal(mention(more))).toMatch(/can't parse MessageEntity: Can't find field "(user|id)"/);
    const user = { id: 42, is_bot: false, first_name: '' };
    expect((await mention({ user })).entities).toEqual([
      { type: 'text_mention', offset: 0, length: 1, user },
    ]);
  });

  test('entities are counted in UTF-16 units and must fit', async () => {
    const { api, ana } = await withAna();
    const bold = (offset: number, length: number) =>
      api.sendMessage(ana, '😀x', { entities: [{ type: 'bold', offset, length }] });
    expect((await bold(2, 1)).entities).toEqual([{ type: 'bold', offset: 2, length: 1 }]);
    expect(await refusal(bold(1, 1))).toContain('begins in a middle of a UTF-16 symbol');
    expect(await refusal(bold(0, 4))).toContain('ends after the end of the text');
  });
});

describe('keyboards', () => {
  test('1 to 64 bytes of data, a name, one action, at most 100 buttons', async () => {
    const { api, ana } = await withAna();
    const send = (reply_markup: InlineKeyboard) => api.sendMessage(ana, 'k', { reply_markup });
    expect((await send(new InlineKeyboard().text('ok', 'é'.repeat(32)))).message_id).toBeGreaterThan(0);
    expect(await refusal(send(new InlineKeyboard().text('long', 'é'.repeat(33))))).toBe(
      'Bad Request: BUTTON_DATA_INVALID',
    );
    expect(await refusal(send(new InlineKeyboard().text('none', '')))).toBe(
      'Bad Request: BUTTON_DATA_INVALID',
    );
    expect(await refusal(send(new InlineKeyboard().text('', 'x')))).toBe('Bad Request: BUTTON_TEXT_INVALID');
    expect(await refusal(send(new InlineKeyboard().url('x', 'not an address')))).toContain('Wrong HTTP URL');
    const many = new InlineKeyboard();
    for (let index = 0; index < 101; index += 1) many.text(String(index), String(index)).row();
    expect(await refusal(send(many))).toBe('Bad Request: REPLY_MARKUP_TOO_LONG');
  });

  test('a press is answered once and in time', async () => {
    const { telegram, api, ana, clock } = await withAna();
    await api.sendMessage(ana, 'k', {
      reply_markup: new InlineKeyboard().text('Go', 'go').url('Page', 'https://status.example.com'),
    });
    const press = async (): Promise<string> => {
      await telegram.person('ana').presses('Go');
      return (await api.getUpdates({ offset: -1 }))[0]?.callback_query?.id ?? '';
    };
    const first = await press();
    expect(await refusal(api.answerCallbackQuery(first, { text: 'x'.repeat(201) }))).toBe(
      'Bad Request: MESSAGE_TOO_LONG',
    );
    await api.answerCallbackQuery(first, { text: 'Done', show_alert: true });
    expect(telegram.person('ana').screen().alerts).toEqual(['Done']);
    expect(await refusal(api.answerCallbackQuery(first))).toContain('query is too old');
    const second = await press();
    clock.pass(60_000);
    expect(await refusal(api.answerCallbackQuery(second))).toContain('query is too old');
    await telegram.person('ana').presses('Page');
    expect(telegram.person('ana').opened).toEqual(['https://status.example.com']);
  });
});

describe('edits, deletions, reactions', () => {
  test('an edit must change something, of a message that is there and is its own', async () => {
    const { telegram, api, ana } = await withAna();
    const { message_id } = await api.sendMessage(ana, 'one');
    expect(await refusal(api.editMessageText(ana, message_id, 'one'))).toContain('message is not modified');
    expect(await refusal(api.editMessageText(ana, 9999, 'x'))).toBe('Bad Request: message to edit not found');
    const theirs = Number(await telegram.person('ana').says('mine'));
    expect(await refusal(api.editMessageText(ana, theirs, 'x'))).toBe("Bad Request: message can't be edited");
    expect(await api.editMessageText(ana, message_id, 'two')).toMatchObject({
      text: 'two',
      edit_date: expect.any(Number),
    });
    expect(await refusal(api.editMessageReplyMarkup(ana, message_id))).toContain('message is not modified');
  });

  test('an edit without a keyboard takes the keyboard away', async () => {
    const { telegram, api, ana } = await withAna();
    const { message_id } = await api.sendMessage(ana, 'one', {
      reply_markup: new InlineKeyboard().text('Go', 'go'),
    });
    await api.editMessageText(ana, message_id, 'two');
    expect(telegram.person('ana').screen().places[0]?.messages.at(-1)?.buttons).toEqual([]);
    await expect(telegram.person('ana').presses('Go')).rejects.toThrow('sees no button "Go"');
  });

  test('a deletion goes for 48 hours', async () => {
    const { telegram, api, ana, clock } = await withAna();
    const { message_id: kept } = await api.sendMessage(ana, 'old');
    clock.pass(48 * 3_600_000);
    const { message_id } = await api.sendMessage(ana, 'new');
    await api.deleteMessage(ana, message_id);
    expect(await refusal(api.deleteMessage(ana, message_id))).toBe(
      'Bad Request: message to delete not found',
    );
    clock.pass(1000);
    expect(await refusal(api.deleteMessage(ana, kept))).toBe(
      "Bad Request: message can't be deleted for everyone",
    );
    expect(telegram.person('ana').screen().places[0]?.messages.at(-1)?.text).toBe('old');
  });

  test('only one reaction, of the allowed ones', async () => {
    const { telegram, api, ana } = await withAna();
    const { message_id } = await api.sendMessage(ana, 'hi');
    await api.setMessageReaction(ana, message_id, [{ type: 'emoji', emoji: '👀' }]);
    expect(telegram.person('ana').screen().places[0]?.messages.at(-1)?.reactions).toEqual([
      { emoji: '👀', count: 1 },
    ]);
    const tick: object = { type: 'emoji', emoji: '✅' };
    expect(
      await refusal(api.raw.setMessageReaction({ chat_id: ana, message_id, reaction: [tick as never] })),
    ).toBe('Bad Request: REACTION_INVALID');
    const two = [{ type: 'emoji', emoji: '👀' } as const, { type: 'emoji', emoji: '👍' } as const];
    expect(await refusal(api.setMessageReaction(ana, message_id, two))).toBe(
      'Bad Request: REACTIONS_TOO_MANY',
    );
    await api.setMessageReaction(ana, message_id, []);
    expect(telegram.person('ana').screen().places[0]?.messages.at(-1)?.reactions).toEqual([]);
  });
});
