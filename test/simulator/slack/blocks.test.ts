import type { KnownBlock } from '@slack/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal, type Stage, stage } from './stand-in.ts';

let on: Stage;
let channel: string;

beforeAll(async () => {
  on = await stage({ rateLimits: false });
  channel = on.slack.channelId('support');
});
afterAll(() => on.stop());

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
const button = (text: string, rest: object = {}) => ({ type: 'button', text: plain(text), ...rest });
const post = (blocks: unknown[]) => on.client.apiCall('chat.postMessage', { channel, text: 'f', blocks });
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ text: plain(`o${index}`), value: `v${index}` }));

describe('what a reader sees of blocks', () => {
  test('texts of all blocks, formatted; the text is only a fallback', async () => {
    const blocks: KnownBlock[] = [
      { type: 'header', text: plain('Ticket :ticket: 17') },
      { type: 'section', text: mrkdwn('*bold* `<b>` &lt;i&gt; <https://example.com|site>') },
      { type: 'divider' },
      { type: 'section', fields: [mrkdwn('*State*'), plain('*open*')] },
      { type: 'context', elements: [mrkdwn('_small_')] },
      { type: 'markdown', text: '**strong** and *soft*' },
      {
        type: 'actions',
        elements: [{ type: 'button', text: plain('Close'), style: 'danger', action_id: 'close' }],
      },
    ];
    await on.client.chat.postMessage({ channel, text: 'fallback', blocks });
    const seen = on.slack
      .person('ana')
      .screen()
      .places.find(({ id }) => id === channel)
      ?.messages.at(-1);
    expect(seen?.text).toBe('Ticket 🎫 17\nbold <b> <i> site\nState\n*open*\nsmall\nstrong and soft');
    expect(seen?.html).toContain('<b>bold</b> <code>&lt;b&gt;</code> &lt;i&gt;');
    expect(seen?.html).toContain('<b>strong</b> and <i>soft</i>');
    expect(seen?.buttons).toMatchObject([{ label: 'Close', style: 'danger', disabled: false }]);
  });

  test('rich text', async () => {
    const elements = [
      { type: 'text', text: 'bold', style: { bold: true } },
      { type: 'text', text: ' for ' },
      { type: 'user', user_id: on.slack.person('ben').id },
    ];
    await post([{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]);
    expect(await on.slack.person('ana').sees('bold for')).toBe('bold for @Ben Carter');
  });

  test('lists, with their bullets and numbers', async () => {
    const item = (text: string) => ({ type: 'rich_text_section', elements: [{ type: 'text', text }] });
    const list = (style: string, more: object, ...items: string[]) => ({
      type: 'rich_text_list',
      style,
      elements: items.map(item),
      ...more,
    });
    const elements = [
      list('bullet', {}, 'one'),
      list('bullet', { indent: 1 }, 'below'),
      list('ordered', { offset: 2 }, 'third', 'fourth'),
    ];
    await post([{ type: 'rich_text', elements }]);
    expect(await on.slack.person('ana').sees('below')).toBe('• one\n\u2003• below\n3. third\n4. fourth');
  });
});

const cases: [string, unknown[], string][] = [
  [
    'a section of 3,001 characters',
    [{ type: 'section', text: mrkdwn('x'.repeat(3001)) }],
    '[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'an empty text',
    [{ type: 'section', text: mrkdwn('') }],
    '[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'a header of 151',
    [{ type: 'header', text: plain('x'.repeat(151)) }],
    '[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'mrkdwn in a header',
    [{ type: 'header', text: mrkdwn('x') }],
    '[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
  ],
  [
    'a button label of 76',
    [{ type: 'actions', elements: [button('x'.repeat(76))] }],
    '[ERROR] must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'a button value of 2,001',
    [{ type: 'actions', elements: [button('x', { value: 'x'.repeat(2001) })] }],
    '[ERROR] must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'an action id of 256',
    [{ type: 'actions', elements: [button('x', { action_id: 'x'.repeat(256) })] }],
    '[ERROR] must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
  ],
  [
    'a style Slack does not have',
    [{ type: 'actions', elements: [button('x', { style: 'success' })] }],
    '[ERROR] value must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]',
  ],
  [
    '26 buttons',
    [{ type: 'actions', elements: Array.from({ length: 26 }, () => button('x')) }],
    '[ERROR] no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    '11 context elements',
    [{ type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('x')) }],
    '[ERROR] no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    '101 options',
    [{ type: 'actions', elements: [{ type: 'static_select', options: options(101) }] }],
    '[ERROR] no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'a select without options',
    [{ type: 'actions', elements: [{ type: 'static_select' }] }],
    '[ERROR] must provide exactly one of: options, option_groups [json-pointer:/blocks/0]',
  ],
  [
    '51 blocks',
    Array.from({ length: 51 }, () => ({ type: 'divider' })),
    '[ERROR] no more than 50 items allowed [json-pointer:/blocks]',
  ],
  [
    'an unknown block',
    [{ type: 'carpet' }],
    '[ERROR] unsupported type: carpet [json-pointer:/blocks/0/type]',
  ],
  [
    'an unknown member',
    [{ type: 'divider', colour: 'red' }],
    '[ERROR] invalid additional property: colour [json-pointer:/blocks/0]',
  ],
  [
    'a section of nothing',
    [{ type: 'section' }],
    '[ERROR] missing required field: text [json-pointer:/blocks/0]',
  ],
  [
    'the same block id twice',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '[ERROR] block_id "a" already exists [json-pointer:/blocks/1/block_id]',
  ],
];

describe('wrong blocks are refused with a pointer', () => {
  test.each(cases)('%s', async (_name, blocks, message) => {
    const refused = await refusal(post(blocks));
    expect(refused.error).toBe('invalid_blocks');
    expect(refused.messages).toContain(message);
  });

  test('all blocks together have a limit too', async () => {
    const blocks = Array.from({ length: 5 }, () => ({ type: 'section', text: mrkdwn('x'.repeat(3000)) }));
    expect(await refusal(post(blocks))).toMatchObject({ error: 'msg_blocks_too_long' });
    await post(blocks.slice(1));
  });
});
