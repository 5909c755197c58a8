import { describe, expect, it } from 'vitest';
import { createMemory } from '../../../src/adapters/telegram/memory.ts';
import { type Reading, understand } from '../../../src/adapters/telegram/receive.ts';
import { phrases } from './desk.ts';
import { askOf, from, inboundOf, message, NOW, reading } from './updates.ts';

describe('the commands of customers and staff', () => {
  it('a link opens a ticket when its payload says so', () => {
    expect(askOf('/start open')).toEqual({ what: 'open', subject: '' });
    expect(askOf('/start open_financial')).toEqual({ what: 'open', subject: '', department: 'financial' });
    expect(askOf('/start opens')).toEqual({ what: 'help' });
  });

  it('a link hands in a token when its payload is one, and a code or an address can be typed', () => {
    const token = 'aB3-_'.repeat(8).concat('xyz');
    expect(askOf(`/start ${token}`)).toEqual({ what: 'link', text: token });
    expect(askOf(`/start ${token}x`)).toEqual({ what: 'help' });
    expect(askOf('/link')).toEqual({ what: 'link', text: '' });
    expect(askOf('/link ana@example.com')).toEqual({ what: 'link', text: 'ana@example.com' });
    expect(askOf('/me')).toEqual({ what: 'me' });
    expect(askOf('/desk verify 12')).toMatchObject({ what: 'desk', verb: 'verify', number: '12' });
  });

  it('what only begins like a command about oneself is the subject of a request', () => {
    expect(askOf('/ticket me')).toEqual({ what: 'me' });
    expect(askOf('/ticket link')).toEqual({ what: 'link', text: '' });
    expect(askOf('/ticket link ABCD-2345-EFGH-6789')).toEqual({ what: 'link', text: 'ABCD-2345-EFGH-6789' });
    expect(askOf('/ticket link ana@example.com')).toEqual({ what: 'link', text: 'ana@example.com' });
    expect(askOf('/ticket me too')).toEqual({ what: 'open', subject: 'me too' });
    expect(askOf('/ticket link is broken')).toEqual({ what: 'open', subject: 'link is broken' });
  });

  it('a number, and a text that keeps its formatting', () => {
    expect(askOf('/reopen 12')).toEqual({ what: 'reopen', number: '12' });
    expect(askOf('/reply #12 it *works*')).toEqual({ what: 'reply', number: '#12', text: 'it \\*works\\*' });
    expect(askOf('/escalate 12\nnow')).toEqual({ what: 'escalate', number: '12', text: 'now' });
    expect(askOf('/reply hello')).toEqual({ what: 'reply', number: '', text: 'hello' });
    const bold = message({
      text: '/reply 12 it works',
      entities: [
        { type: 'bot_command', offset: 0, length: 6 },
        { type: 'bold', offset: 13, length: 5 },
      ],
    });
    expect(inboundOf(bold)).toMatchObject({ ask: { text: 'it **works**' } });
  });

  it('what staff ask for', () => {
    const desk = (verb: string, number = '', value = '') => ({ what: 'desk', verb, number, value });
    expect(askOf('/desk')).toEqual(desk('help'));
    expect(askOf('/desk claim')).toEqual(desk('claim'));
    expect(askOf('/desk CLOSE 12')).toEqual(desk('close', '12'));
    expect(askOf('/desk priority #12 high')).toEqual(desk('priority', '12', 'high'));
    expect(askOf('/desk priority high')).toEqual(desk('priority', '', 'high'));
    expect(askOf('/desk note 5 servers')).toEqual(desk('note', '', '5 servers'));
    expect(askOf('/desk assign me')).toEqual(desk('assign', '', '7527593'));
    expect(askOf('/desk assign #3 99')).toEqual(desk('assign', '3', '99'));
    expect(askOf('/desk dance')).toEqual({ what: 'unknown', words: '/desk dance' });
    const mention = message({
      text: '/desk assign Tom',
      entities: [
        { type: 'bot_command', offset: 0, length: 5 },
        { type: 'text_mention', offset: 13, length: 3, user: { ...from, id: 42 } },
      ],
    });
    expect(inboundOf(mention)).toMatchObject({ ask: desk('assign', '', '42') });
  });
});

describe('the desk’s group', () => {
  const group = { id: -100_123, type: 'supergroup' };
  const inTopic = (over: object, deskChatId: number | undefined = group.id) =>
    understand(message({ chat: group, message_thread_id: 9, is_topic_message: true, ...over }), {
      ...reading('desk_bot'),
      ...(deskChatId === undefined ? {} : { deskChatId }),
    });

  it('a topic is a place; what answers nothing there answers nothing', () => {
    const reply_to_message = { message_id: 9, date: 1, chat: group };
    const [said] = inTopic({ text: 'on it', reply_to_message })?.inbound ?? [];
    expect(said).toMatchObject({ type: 'said', place: '-100123/9', direct: false, text: 'on it' });
    expect(said).not.toHaveProperty('replyTo');
    expect(said?.from).not.toHaveProperty('roles');
  });

  it('a mistyped command is no reply to the customer', () => {
    const entities = [{ type: 'bot_command', offset: 0, length: 5 }];
    const understood = inTopic({ text: '/dsek note secret', entities });
    expect(understood).toMatchObject({
      inbound: [{ type: 'asked', ask: { what: 'unknown' }, direct: false }],
      asked: { place: '-100123/9', ref: '133' },
    });
  });

  it('outside of topics nothing is said, and other groups are nobody’s', () => {
    const said = (over: object) => inTopic({ text: 'hi', ...over })?.inbound;
    expect(said({ message_thread_id: undefined, is_topic_message: undefined })).toEqual([]);
    expect(said({ chat: { id: -100_124, type: 'supergroup' } })).toEqual([]);
    expect(inTopic({ text: 'hi' }, -1)?.inbound).toEqual([]);
  });

  it('a group that was upgraded is followed', () => {
    const memory = createMemory();
    const here: Reading = { memory, phrases, now: NOW, deskChatId: -4200 };
    const old = { id: -4200, type: 'group' };
    understand(message({ chat: old, migrate_to_chat_id: -100_123 }), here);
    const moved = message({ chat: group, text: 'hi', message_thread_id: 9, is_topic_message: true });
    expect(understand(moved, here)?.inbound).toHaveLength(1);
  });
});

describe('a topic in a private chat', () => {
  const inTopic = (privateTopics: boolean | undefined, over: object) =>
    understand(message({ message_thread_id: 9, is_topic_message: true, ...over }), {
      ...reading('desk_bot'),
      memory: { ...createMemory(), username: 'desk_bot', privateTopics },
    });

  it('is its ticket’s place, and where tickets have none it is the chat', () => {
    const own = { place: '7527593/9', direct: false };
    expect(inTopic(true, { text: 'hi' })?.inbound).toMatchObject([own]);
    expect(inTopic(undefined, { text: 'hi' })?.inbound).toMatchObject([own]);
    expect(inTopic(false, { text: 'hi' })?.inbound).toMatchObject([{ place: '7527593', direct: true }]);
  });

  it('is no place for the questions of a new ticket', () => {
    const command = (text: string, length: number) =>
      inTopic(true, { text, entities: [{ type: 'bot_command', offset: 0, length }] });
    expect(command('/ticket', 7)).toMatchObject({ inbound: [{ place: '7527593', direct: true }] });
    expect(command('/close', 6)).toMatchObject({
      inbound: [{ place: '7527593/9', direct: false }],
      asked: { place: '7527593/9' },
    });
  });
});
