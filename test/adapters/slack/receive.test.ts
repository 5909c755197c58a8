import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommand } from '../../../src/adapters/slack/command.ts';
import { createSlackChannel } from '../../../src/adapters/slack/index.ts';
import { decodeBody, read } from '../../../src/adapters/slack/receive.ts';
import type { Inbound } from '../../../src/core/index.ts';
import { phrases } from './desk.ts';

const AT = new Date('2026-11-22T12:00:00Z');
const nameOf = (id: string): string | undefined => (id === 'U0ANA' ? 'Ana' : undefined);
const from = { space: 'T0', externalId: 'U0ANA' };

function heard(payload: unknown): Inbound | undefined {
  const reading = read(payload, AT, nameOf);
  if (reading.kind !== 'heard') return undefined;
  const { channel = '', thread, lone = false } = reading.heard.spot ?? {};
  // What a thread hangs from is found out elsewhere: here each is a ticket's.
  const place = thread ? `${channel}/${thread}` : channel;
  return reading.heard.event(from, { place, direct: lone && channel.startsWith('D') });
}

const message = (event: object, envelope: object = {}): unknown => ({
  type: 'event_callback',
  team_id: 'T0',
  event_id: 'Ev1',
  authorizations: [{ user_id: 'U0BOT', is_bot: true }],
  event: {
    type: 'message',
    user: 'U0ANA',
    channel: 'D01',
    channel_type: 'im',
    ts: '1767377001.319859',
    text: 'hello',
    ...event,
  },
  ...envelope,
});

describe('what stands after /ticket', () => {
  it.each([
    ['', { what: 'open', subject: '' }],
    ['open', { what: 'open', subject: '' }],
    ['OPEN  Mail is   down ', { what: 'open', subject: 'Mail is down' }],
    ['otwórz Poczta', { what: 'open', subject: 'Poczta' }],
    ['OTWÓRZ', { what: 'open', subject: '' }],
    ['otworz a &amp; b &lt;c&gt;', { what: 'open', subject: 'a & b <c>' }],
    ['open ask <@U0ANA|ana> or <!channel>', { what: 'open', subject: 'ask @Ana or @channel' }],
    ['list', { what: 'list' }],
    ['lista', { what: 'list' }],
    ['show #12', { what: 'show', number: '#12' }],
    ['pokaż 12 now', { what: 'show', number: '12' }],
    ['show', { what: 'show', number: '' }],
    ['Close 7', { what: 'close', number: '7' }],
    ['zamknij 7', { what: 'close', number: '7' }],
    ['me', { what: 'me' }],
    ['JA', { what: 'me' }],
    ['link', { what: 'link', text: '' }],
    ['połącz abcd-2345-efgh-6789', { what: 'link', text: 'abcd-2345-efgh-6789' }],
    ['link <mailto:ana@example.com|ana@example.com>', { what: 'link', text: 'ana@example.com' }],
    ['help', { what: 'help' }],
    ['pomoc', { what: 'help' }],
    ['constructor', { what: 'unknown', words: 'constructor' }],
    ['my mail is down', { what: 'unknown', words: 'my mail is down' }],
  ])('"%s"', (text, ask) => {
    expect(readCommand(text, nameOf)).toEqual(ask);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), text => void readCommand(text, nameOf)));
  });
});

describe('messages', () => {
  it('in a thread belong to the thread', () => {
    expect(heard(message({ thread_ts: '1767376988.871629' }))).toEqual({
      type: 'said',
      eventId: 'msg:D01:1767377001.319859',
      at: new Date(1767377001320),
      from,
      place: 'D01/1767376988.871629',
      direct: false,
      ref: '1767377001.319859',
      text: 'hello',
    });
  });

  it('outside of one belong to the channel', () => {
    expect(heard(message({ channel: 'C01', channel_type: 'channel' }))).toMatchObject({
      place: 'C01',
      direct: false,
    });
  });

  it('in the chat with the app, but in no thread, are said to the desk itself', () => {
    expect(heard(message({}))).toMatchObject({ place: 'D01', direct: true });
  });

  it('of somebody who installed the app are theirs: only its bot is us', () => {
    const authorizations = [{ user_id: 'U0ANA', is_bot: false }, { user_id: 'U0BOT', is_bot: true }, {}];
    expect(heard(message({}, { authorizations }))).toMatchObject({ type: 'said', text: 'hello' });
  });

  it('are read without what only decorates them', () => {
    const strange = { files: [{ name: 7 }, 'x', { id: 'F1', name: 'a.txt' }], hidden: 'no', blocks: 5 };
    expect(heard(message(strange, { authorizations: 'nobody' }))).toMatchObject({
      text: 'hello',
      files: [{ source: 'F1', name: 'a.txt' }],
    });
    expect(heard(message({ files: 'all' }))).toMatchObject({ text: 'hello' });
  });

  it('that cannot be read are taken, and the place is named without what stands there', () => {
    const dropped = read(message({ ts: 'secret', user: 7 }), AT, nameOf);
    expect(dropped).toEqual({ kind: 'dropped', event: 'Ev1', at: 'user ts' });
  });

  it('go by their rich text where they have it', () => {
    const elements = [
      { type: 'rich_text_section', elements: [{ type: 'text', text: 'hi', style: { bold: true } }] },
    ];
    const blocks = [{ type: 'rich_text', block_id: 'b', elements }];
    expect(heard(message({ text: '*other*', blocks }))).toMatchObject({ text: '**hi**' });
  });

  it('name the files that lie outside of Slack, and leave out those that are gone', () => {
    const files = [
      { id: 'F1', name: 'log_*.txt', is_external: true, permalink: 'https://drive.example/1' },
      { id: 'F2', mode: 'tombstone' },
      { id: 'F3', title: 'Shot', size: 7 },
      { name: 'no id' },
    ];
    const said = heard(message({ subtype: 'file_share', text: 'see', files }));
    expect(said).toMatchObject({
      text: 'see\n\n[log\\_\\*.txt](<https://drive.example/1>)',
      files: [{ source: 'F3', name: 'Shot', size: 7 }],
    });
  });

  const edited = { user: 'U0ANA', ts: '2.0' };
  it.each<[string, object, object?]>([
    ['of a bot', { bot_id: 'B1' }],
    ['of ourselves', { user: 'U0BOT' }],
    ['of Slackbot', { user: 'USLACKBOT' }],
    ['given a preview', { subtype: 'message_changed', message: { ts: '1.2', user: 'U0ANA' } }],
    ['changed by a bot', { subtype: 'message_changed', message: { ts: '1.2', bot_id: 'B1', edited } }],
    ['deleted, nobody knows whose', { subtype: 'message_deleted', deleted_ts: '1.2' }],
    ['hidden', { hidden: true }],
    ['of a machine', { subtype: 'bot_message', user: undefined }],
    ['about joining', { subtype: 'channel_join' }],
    ['that are another event', { type: 'app_mention' }],
  ])('%s are nothing', (_, event) => {
    expect(read(message(event), AT, nameOf)).toEqual({ kind: 'answer', response: { status: 200, body: '' } });
  });
});

const action = (over: object): unknown => ({
  type: 'block_actions',
  user: { id: 'U0ANA', team_id: 'T0' },
  team: { id: 'T0', domain: 'acme' },
  trigger_id: '10.20.abc',
  response_url: 'https://hooks.slack.com/actions/T0/1/x',
  container: { type: 'message', message_ts: '1767326126.896109', channel_id: 'C01', is_ephemeral: false },
  actions: [
    { type: 'button', action_id: 'close:1', block_id: 'b', value: 'close:1', action_ts: '1767326130.289415' },
  ],
  ...over,
});

describe('buttons', () => {
  it('under a root belong to its thread', () => {
    expect(heard(action({}))).toEqual({
      type: 'pressed',
      eventId: 'act:U0ANA:1767326130.289415',
      at: new Date(1767326130289),
      from,
      action: 'close:1',
      place: 'C01/1767326126.896109',
      direct: false,
      ref: '1767326126.896109',
    });
  });

  it('in a thread belong to that thread', () => {
    const container = {
      type: 'message',
      message_ts: '1767326126.896109',
      channel_id: 'C01',
      thread_ts: '1767326000.1',
    };
    expect(heard(action({ container }))).toMatchObject({
      place: 'C01/1767326000.1',
      ref: '1767326126.896109',
    });
  });

  it.each([
    ['in the chat with the app', {}, undefined],
    ['when it has replies', {}, { thread_ts: '1767326126.896109' }],
  ])('%s belong to the chat', (_, over, message) => {
    const container = { type: 'message', message_ts: '1767326126.896109', channel_id: 'D01', ...over };
    const wanted = { place: 'D01', direct: true, ref: '1767326126.896109' };
    expect(heard(action({ container, message }))).toMatchObject(wanted);
  });

  it.each([
    ['in a thread of the chat', { thread_ts: '1767326000.1' }, 'D01/1767326000.1'],
    ['that nobody else sees', { is_ephemeral: true }, 'D01'],
  ])('%s do not', (_, over, place) => {
    const container = { type: 'message', message_ts: '1767326126.896109', channel_id: 'D01', ...over };
    expect(heard(action({ container }))).toMatchObject({ place, direct: false });
  });

  it('under the root of a ticket’s thread belong to the thread, there too', () => {
    const container = { type: 'message', message_ts: '1767326126.896109', channel_id: 'D01' };
    const actions = [
      { type: 'button', action_id: 'close:1', block_id: 'root-0', action_ts: '1767326130.289415' },
    ];
    expect(heard(action({ container, actions }))).toMatchObject({
      place: 'D01/1767326126.896109',
      direct: false,
    });
  });

  it('of a modal that is not ours are nothing', () => {
    expect(heard(action({ view: { id: 'V1', callback_id: 'other' } }))).toBeUndefined();
  });
});

describe('a submitted form', () => {
  const submission = (view: object): unknown => ({
    type: 'view_submission',
    team: null,
    user: { id: 'U0ANA', team_id: 'T0' },
    view: { id: 'V1', hash: '1.a', callback_id: 'ticket', title: { text: 'T' }, blocks: [], ...view },
  });
  const state = {
    values: {
      priority: { priority: { type: 'static_select', selected_option: { value: 'critical' } } },
      subject: { subject: { type: 'plain_text_input', value: ' a\u0000b\u202e ' } },
      order: { order: { type: 'plain_text_input', value: null } },
      none: { none: { type: 'static_select', selected_option: null } },
    },
  };

  it('carries its draft, its page and its values', () => {
    const meta = JSON.stringify({ draft: '9', page: 'facts', locale: 'pl', place: 'C01', name: 'Ana' });
    const event = heard(submission({ private_metadata: meta, state }));
    expect(event).toMatchObject({ type: 'submitted', draft: '9', page: 'facts', place: 'C01', at: AT });
    expect(event).toHaveProperty('values', { priority: 'critical', subject: 'ab' });
  });

  it('does without what it should carry', () => {
    expect(heard(submission({ private_metadata: '{"draft":7,"page":"x"}' }))).toMatchObject({
      draft: '',
      page: 'all',
      values: {},
    });
    expect(heard(submission({ private_metadata: 'null', state }))).not.toHaveProperty('place');
  });

  it('is the same event when it is sent again, another when it was shown anew', () => {
    const id = (view: object): string | undefined => heard(submission(view))?.eventId;
    expect(id({ state })).toBe('view:V1:1.a');
    expect(id({ state: { values: {} } })).toBe('view:V1:1.a');
    expect(id({ state, hash: '2.b' })).toBe('view:V1:2.b');
  });
});

describe('everything else', () => {
  it('is answered as Slack wants it', () => {
    expect(read({ type: 'url_verification', challenge: 'abc' }, AT, nameOf)).toMatchObject({
      response: { status: 200, body: '{"challenge":"abc"}' },
    });
    expect(read({ ssl_check: '1', token: 'x' }, AT, nameOf)).toMatchObject({ response: { status: 200 } });
    expect(read({ type: 'shortcut' }, AT, nameOf)).toMatchObject({ response: { status: 200 } });
    expect(read({ type: 'block_actions' }, AT, nameOf)).toMatchObject({ kind: 'malformed' });
    expect(read('x', AT, nameOf)).toMatchObject({ kind: 'malformed' });
  });

  it('never throws, whatever the shape', () => {
    const kinds = fc.constantFrom(
      'event_callback',
      'block_actions',
      'view_submission',
      'url_verification',
      'x',
    );
    const leaf = fc.object({
      key: fc.constantFrom('view', 'user', 'id', 'event', 'ts', '__proto__', 'actions', 'state'),
    });
    fc.assert(
      fc.property(kinds, leaf, fc.jsonValue(), (type, payload, other) => {
        read({ ...payload, type }, AT, nameOf);
        read(message(Object(payload)), AT, nameOf);
        read(message({ blocks: other, files: other, text: other }), AT, nameOf);
        read(other, AT, nameOf);
      }),
    );
  });

  it('decodes the three kinds of bodies', () => {
    const body = (type: string, text: string) =>
      decodeBody({ headers: { 'content-type': type }, body: text, now: AT });
    expect(body('application/json', '{"a":1}')).toEqual({ a: 1 });
    expect(body('application/x-www-form-urlencoded', 'command=%2Fticket&text=a+b')).toEqual({
      command: '/ticket',
      text: 'a b',
    });
    expect(body('application/x-www-form-urlencoded', `payload=${encodeURIComponent('{"a":2}')}`)).toEqual({
      a: 2,
    });
    expect(() => body('application/json', '{')).toThrow();
  });
});

it('refuses the unsigned with 401, and the signed nonsense with 400', async () => {
  const lines: string[] = [];
  const log = {
    info: () => undefined,
    warn: (line: string) => void lines.push(line),
    error: () => undefined,
  };
  const channel = createSlackChannel({ botToken: 'xoxb-1', signingSecret: 's', log, now: () => AT, phrases });
  const refused = await channel.receive({ headers: {}, body: '{', now: AT });
  expect(refused).toMatchObject({ verified: false, response: { status: 401 } });
  const seconds = AT.getTime() / 1000;
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': `v0=${createHmac('sha256', 's').update(`v0:${seconds}:{`).digest('hex')}`,
  };
  const nonsense = await channel.receive({ headers, body: '{', now: AT });
  expect(nonsense).toMatchObject({ verified: true, inbound: [] });
  expect(nonsense.verified && (await nonsense.respond([]))).toMatchObject({ status: 400 });
  expect(lines).toEqual(['slack: a payload was not understood']);
  expect(channel.listen).toBeUndefined();
});
