import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Memory } from '../../../src/adapters/discord/memory.ts';
import { read } from '../../../src/adapters/discord/payloads.ts';
import { hear } from '../../../src/adapters/discord/receive.ts';
import { said } from '../../../src/adapters/discord/said.ts';
import type { Way } from '../../../src/adapters/discord/way.ts';
import { command, ids, inThread, interaction, member, message, press, submit, user } from './payloads.ts';

const now = new Date('2026-11-22T12:00:00Z');
const here: Way = { kind: 'here' };

function heard(payload: unknown, way = here) {
  const understood = read.interaction(payload);
  if (!understood) throw new Error('not an interaction');
  const result = hear(understood, way, ids.guild, new Memory(), now);
  return result.kind === 'inbound' ? result.inbound : result.kind;
}

describe('an interaction', () => {
  it('is dated by its own id, and known by it', () => {
    expect(heard(command('list'))).toEqual({
      type: 'asked',
      eventId: 'int:1457536583141163186',
      at: new Date('2026-01-05T00:50:01.141Z'),
      from: { space: ids.guild, externalId: ids.ana, name: 'Ana', locale: 'pl', roles: [ids.role] },
      ask: { what: 'list' },
      place: ids.channel,
      direct: false,
    });
  });

  it('takes numbers and subjects as plain words', () => {
    expect(heard(command('show', [{ name: 'number', type: 4, value: 12 }]))).toMatchObject({
      ask: { what: 'show', number: '12' },
    });
    expect(heard(command('close', [{ name: 'number', type: 3, value: ' #7 ' }]))).toMatchObject({
      ask: { what: 'close', number: '#7' },
    });
    expect(heard(command('open', [{ name: 'subject', type: 3, value: 'a\n\u202Eb' }]))).toMatchObject({
      ask: { what: 'open', subject: 'a b' },
    });
    expect(heard(command('open'))).toMatchObject({ ask: { what: 'open', subject: '' } });
    expect(heard(command('explode'))).toMatchObject({ ask: { what: 'unknown', words: 'explode' } });
    expect(heard(interaction({ type: 2, data: { name: 'other' } }))).toMatchObject({
      ask: { what: 'unknown', words: 'other' },
    });
  });

  it('asked in a thread is meant for the channel above; a button stays where it is', () => {
    expect(heard(command('open', [], inThread))).toMatchObject({ place: ids.channel });
    expect(heard(press('do:claim:12'))).toMatchObject({
      action: 'claim:12',
      place: ids.thread,
      ref: '1457536567810854934',
    });
  });

  it('carries the values of a form, from labels and from old rows', () => {
    const label = (component: object) => ({ type: 18, id: 1, component });
    const values = heard(
      submit('form:facts:d:1', [
        label({ type: 4, custom_id: 'subject', value: '  Down\u0000 ' }),
        label({ type: 3, custom_id: 'priority', values: ['critical'] }),
        label({ type: 3, custom_id: 'department', values: [] }),
        { type: 1, components: [{ type: 4, custom_id: 'since', value: '14:30' }] },
        { type: 10, content: 'text' },
      ]),
    );
    expect(values).toMatchObject({
      page: 'facts',
      draft: 'd:1',
      values: { subject: 'Down', priority: 'critical', department: '', since: '14:30' },
    });
    expect(
      heard(submit('form:all:', [label({ type: 4, custom_id: '__proto__', value: 'x' })])),
    ).toMatchObject({ draft: '', values: {} });
  });

  it('from elsewhere is of the same person, without their roles there, in their own chat', () => {
    const chat: Way = { kind: 'chat', place: ids.thread, isElsewhere: true };
    const known = { space: ids.guild, externalId: ids.ana, name: 'Ana', locale: 'pl' };
    const other = command('list', [], { guild_id: '1457468924290662000', member: member({ nick: 'A' }) });
    const own = command('list', [], { guild_id: undefined, member: undefined, user: user() });
    for (const one of [other, own])
      expect(heard(one, chat)).toMatchObject({ from: known, place: ids.thread, direct: true });
    expect(heard(other, chat)).not.toMatchObject({ from: { roles: expect.anything() } });
  });

  it('of a bot, of nobody, or without a way to go on goes nowhere', () => {
    expect(heard(command('list', [], { member: member({ user: user({ bot: true }) }) }))).toBe('no-way');
    expect(heard(command('list', [], { member: undefined }))).toBe('no-way');
    expect(heard(command('list'), { kind: 'none' })).toBe('no-way');
  });

  it('with a button or a form that is not ours is not ours', () => {
    expect(heard(press('hello'))).toBe('not-ours');
    expect(heard(submit('other', []))).toBe('not-ours');
    expect(heard(submit('form:sideways:d', []))).toBe('not-ours');
    expect(heard(interaction({ type: 4, data: {} }))).toBe('not-ours');
    expect(heard(interaction({ type: 2 }))).toBe('not-ours');
  });

  it('shows the nickname before the display name before the user name', () => {
    const named = (nick: string | null, global_name: string | null) =>
      heard(command('list', [], { member: member({ nick, user: user({ global_name }) }) }));
    expect(named('Nick', 'Ana')).toMatchObject({ from: { name: 'Nick' } });
    expect(named(null, null)).toMatchObject({ from: { name: 'ana84' } });
  });

  it('of any shape is read or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (shape, part) => {
        const understood = read.interaction(shape);
        if (understood) hear(understood, here, ids.guild, new Memory(), now);
        const other = read.interaction(interaction({ type: 5, data: part }));
        if (other) hear(other, here, ids.guild, new Memory(), now);
      }),
    );
  });
});

describe('a message', () => {
  const memory = new Memory();
  memory.channels.set(ids.channel, { name: 'support', type: 0 });
  memory.roles.set(ids.role, 'Staff');
  const spoken = (payload: object) => {
    const understood = read.message(payload);
    return understood && said(understood, ids.guild, memory, now);
  };

  it('is heard with names in place of ids', () => {
    const text = `<@${ids.ana}> <@&${ids.role}> <#${ids.channel}> **now**`;
    expect(spoken(message(text, { mentions: [user({ global_name: '*Ana*' })] }))).toMatchObject({
      eventId: 'msg:1473118765716602880',
      text: '@\\*Ana\\* @Staff \\#support **now**',
      from: { name: 'Ana', roles: [ids.role] },
    });
  });

  it('brings its files, and names its stickers', () => {
    const url = 'https://cdn.discordapp.com/attachments/1/2/log_.txt?ex=1&is=0&hm=a';
    const attachments = [
      { id: '1', filename: 'log_*\n\u202E.txt', size: 12_345, url },
      { id: '2', filename: 'nowhere.png', size: 3_400_000 },
      { id: '3', filename: 'far.png', size: 1, url: `https://cdn.discordapp.com/${'x'.repeat(2000)}` },
    ];
    const files = [{ source: url, name: 'log_* .txt', size: 12_345 }];
    const sticker_items = [{ id: '3', name: 'wave', format_type: 1 }];
    expect(spoken(message('see', { attachments, sticker_items }))).toMatchObject({
      text: 'see\n\n🖼 wave',
      files,
    });
    expect(spoken(message('', { attachments }))).toMatchObject({ text: '', files });
    const forwarded = { message_snapshots: [{ message: { content: 'look', attachments } }] };
    expect(spoken(message('', forwarded))).toMatchObject({ text: '> look', files });
  });

  it('is heard whatever its decorations are, and has a line for what the desk cannot show', () => {
    const strange = {
      attachments: [{ filename: 7, size: 'big' }, null],
      sticker_items: 'none',
      mentions: [{ id: 1 }, user({ global_name: { a: 1 } })],
      message_reference: 'x',
      message_snapshots: [{ message: 1 }],
      poll: [],
      nonce: {},
      member: { ...member(), nick: 1 },
    };
    expect(spoken(message('hello', strange))).toMatchObject({ text: 'hello' });
    expect(spoken(message('', { poll: { question: { text: 'Which *one*?' } } }))?.text).toBe(
      '📊 Which \\*one\\*?',
    );
    expect(spoken(message('', { components: [{ type: 17 }] }))?.text).toBe('…');
  });

  it('that cannot be read says where, and nothing of what was in it', () => {
    const faults: unknown[] = [];
    const broken = message('secret', { author: { id: 5, username: 'secret' } });
    expect(read.message(broken, where => faults.push(where))).toBeUndefined();
    expect(faults).toEqual([{ id: '1473118765716602880', at: 'author.id' }]);
  });

  it('shows what was forwarded as a quote, not as a reply', () => {
    const forward = message('', {
      message_reference: { type: 1, message_id: '1473118765716602000' },
      message_snapshots: [{ message: { content: 'a\nb', type: 0 } }],
    });
    expect(spoken(forward)).toMatchObject({ text: '> a\n> b' });
    expect(spoken(forward)).not.toHaveProperty('replyTo');
    expect(
      spoken(message('x', { type: 19, message_reference: { message_id: '1473118765716602000' } })),
    ).toMatchObject({
      replyTo: '1473118765716602000',
    });
  });

  it('is not heard from bots, webhooks, the platform, other servers, direct chats and plain channels', () => {
    expect(spoken(message('x', { author: user({ bot: true }) }))).toBeUndefined();
    expect(spoken(message('x', { webhook_id: '1473118765716602000' }))).toBeUndefined();
    for (const type of [1, 2, 4, 6, 18, 20, 21]) expect(spoken(message('x', { type }))).toBeUndefined();
    expect(spoken(message('x', { guild_id: '1457468924290662000' }))).toBeUndefined();
    expect(spoken(message('x', { guild_id: undefined }))).toBeUndefined();
    expect(spoken(message('x', { channel_type: 0 }))).toBeUndefined();
    expect(spoken(message('x', { channel_type: undefined, channel_id: ids.channel }))).toBeUndefined();
    expect(spoken(message('x', { channel_type: undefined }))).toBeDefined();
    expect(spoken(message(' \u200B '))).toBeUndefined();
  });

  it('of any shape is read or dropped, and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string({ unit: 'binary' }), (shape, text) => {
        const understood = read.message(shape);
        if (understood) said(understood, ids.guild, memory, now);
        expect(spoken(message(text))?.text ?? '').not.toContain('\0');
      }),
    );
  });
});
