import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Stage, stage } from './stand-in.ts';

let on: Stage;
let channel: string;

beforeEach(async () => {
  on = await stage();
  channel = on.slack.channelId('support');
});
afterEach(() => on.stop());

describe('what notifies', () => {
  test('escaped mentions are text; real ones ping', async () => {
    await on.client.chat.postMessage({ channel, text: '&lt;!channel&gt; @everyone `<!here>`' });
    expect(await on.slack.person('ana').sees('@everyone')).toBe('<!channel> @everyone <!here>');
    expect(on.slack.pings).toEqual([]);
    const { ts } = await on.client.chat.postMessage({ channel, text: '<!channel> and <@U0NOBODY>' });
    expect(on.slack.pings).toEqual([{ place: channel, message: ts, whom: 'channel' }]);
    await on.client.chat.postMessage({ channel, text: '@here', link_names: true });
    expect(on.slack.pings.at(-1)?.whom).toBe('here');
  });

  test('blocks ping by mrkdwn only, and a thread is named as the place', async () => {
    const root = await on.client.chat.postMessage({ channel, text: 'root' });
    const block = (type: 'plain_text' | 'mrkdwn') => ({
      type: 'section' as const,
      text: { type, text: '<!here>' },
    });
    const posting = { channel, thread_ts: root.ts, text: 'x' };
    await on.client.chat.postMessage({ ...posting, blocks: [block('plain_text')] });
    expect(on.slack.pings).toEqual([]);
    await on.client.chat.postMessage({ ...posting, blocks: [block('mrkdwn')] });
    expect(on.slack.pings).toMatchObject([{ place: `${channel}:${root.ts}`, whom: 'here' }]);
  });

  test('a name full of markup stays a name', async () => {
    const eve = on.slack.person('eve');
    await eve.says('it is me');
    const seen = on.slack
      .person('ben')
      .screen()
      .places.find(({ id }) => id === channel)
      ?.messages.at(-1);
    expect(seen?.author).toBe('@everyone <!channel> *x* <b>');
    await on.client.chat.postMessage({ channel, text: `hi <@${eve.id}>` });
    const mention = on.slack
      .person('ben')
      .screen()
      .places.find(({ id }) => id === channel)
      ?.messages.at(-1);
    expect(mention?.html).toContain('&lt;!channel&gt; *x* &lt;b&gt;');
    expect(on.slack.pings.map(({ whom }) => whom)).toEqual([eve.id]);
  });

  test.each([
    '<script>alert(1)</script>',
    '<javascript:alert(1)|x>',
    '"><img src=x onerror=y>',
    '\uE0000\uE001',
  ])('the HTML of %j is safe', async text => {
    await on.client.chat.postMessage({ channel, text: `${text}.` });
    const html = on.slack
      .person('ana')
      .screen()
      .places.find(({ id }) => id === channel)?.messages[0]?.html;
    expect(html?.replace(/&(lt|gt|amp|quot);/g, '')).not.toMatch(/[<>]/);
  });
});

describe('what people type', () => {
  test('mentions, channels, links and markup go over the wire as the client sends them', async () => {
    await on.slack
      .person('ana')
      .says('@bob see #random, https://example.com/?a=1&b=2 <!channel> @everyone a@b.c');
    await on.slack.settled();
    const bob = on.slack.person('bob').id;
    const random = on.slack.channelId('random');
    expect(on.desk.events[0]?.text).toBe(
      `<@${bob}> see <#${random}>, <https://example.com/?a=1&amp;b=2> &lt;!channel&gt; <!everyone> a@b.c`,
    );
    expect(await on.slack.person('ben').sees('see #random')).toBe(
      '@Bob Mills see #random, https://example.com/?a=1&b=2 <!channel> @everyone a@b.c',
    );
  });

  test('hostile texts survive', async () => {
    const ana = on.slack.person('ana');
    for (const text of ['x'.repeat(100_000), 'שלום עולם', '👩‍👩‍👧‍👦\u200b', '*_~`<>&', '\n\n']) {
      const id = await ana.says(text);
      expect(
        ana
          .screen()
          .places.find(({ id: place }) => place === channel)
          ?.messages.at(-1)?.id,
      ).toBe(id);
    }
    await on.slack.settled();
    expect(on.desk.events).toHaveLength(5);
  });

  test('only in places they see, and only their own messages are theirs', async () => {
    const ana = on.slack.person('ana');
    const id = (await ana.says('mine')) ?? '';
    await expect(ana.says('x', 'nowhere')).rejects.toThrow('no place "nowhere"');
    await expect(on.slack.person('ben').edits(id, 'his')).rejects.toThrow('did not write');
    await expect(ana.submits()).rejects.toThrow('no form open');
    expect(() => on.slack.person('nobody')).toThrow('Nobody');
    const dan = on.slack.addPerson({ name: 'dan', role: 'customer', locale: 'pl' });
    await dan.says('I am new');
    expect(await ana.sees('I am new')).toBe('I am new');
    expect(dan.screen()).toMatchObject({
      locale: 'pl-PL',
      current: channel,
      commands: [{ name: '/ticket' }, { name: '/desk' }, { name: '/notice' }],
    });
  });
});
