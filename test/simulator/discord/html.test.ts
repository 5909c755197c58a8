import { describe, expect, it } from 'vitest';
import type { Names } from '../../../src/simulator/discord/html.ts';
import { renderMarkdown } from '../../../src/simulator/discord/html.ts';
import { world } from './kit.ts';

const names: Names = {
  user: id => (id === '1' ? 'Ana <b>' : undefined),
  role: () => 'Staff',
  channel: () => 'support',
  time: (seconds, style) => `${seconds}${style}`,
};

describe('Discord markdown', () => {
  it.each([
    [
      '**b** *i* __u__ ~~s~~ `c*d*`',
      'b i u s c*d*',
      '<strong>b</strong> <em>i</em> <u>u</u> <s>s</s> <code>c*d*</code>',
    ],
    ['***both***', 'both', '<strong><em>both</em></strong>'],
    ['a_b_c and 2*3*4', 'a_b_c and 234', 'a_b_c and 2<em>3</em>4'],
    ['```js\nlet a = **1**;\n```', 'let a = **1**;\n', '<pre><code>let a = **1**;\n</code></pre>'],
    [
      '# T\n-# small\n> q\n- one\n1. two',
      'T\nsmall\nq\n• one\n1. two',
      '<h1>T</h1><small>small</small><blockquote>q</blockquote><div class="li">• one</div><div class="li">1. two</div>',
    ],
    ['a\nb', 'a\nb', 'a<br>b'],
    ['<b>&"\'', '<b>&"\'', '&lt;b&gt;&amp;&quot;&#39;'],
    [
      '<@1> <@2> <@&3> <#4>',
      '@Ana <b> @unknown-user @Staff #support',
      '<span class="mention">@Ana &lt;b&gt;</span> <span class="mention">@unknown-user</span> <span class="mention">@Staff</span> <span class="mention">#support</span>',
    ],
    ['<t:5:R> <t:6>', '5R 6f', '<time>5R</time> <time>6f</time>'],
    ['\\*not\\* \\@everyone', '*not* @everyone', '*not* @everyone'],
    ['*open **never', '*open **never', '*open **never'],
    [
      '[site](https://a.example/x)',
      'site',
      '<a href="https://a.example/x" rel="noreferrer noopener" target="_blank">site</a>',
    ],
    ['[bad](javascript:alert(1))', '[bad](javascript:alert(1))', '[bad](javascript:alert(1))'],
    [
      'see https://a.example/?q="x',
      'see https://a.example/?q="x',
      'see <a href="https://a.example/?q=&quot;x" rel="noreferrer noopener" target="_blank">https://a.example/?q=&quot;x</a>',
    ],
  ])('%s', (source, text, html) => {
    expect(renderMarkdown(source, names)).toEqual({ text, html });
  });

  it('ends, and loses nothing, for as many odd characters as a message may have', () => {
    const source = '*_`~|<>@#[]()\\ '.repeat(267).slice(0, 4000);
    expect(renderMarkdown(source, names).text.length).toBeGreaterThan(2000);
  });
});

describe('a person’s screen', () => {
  it('shows names that contain markup as words, and times in the person’s language', async () => {
    const { sim } = await world();
    const id = (await sim.person('eve').says('hi **all** <t:1795348800:D>')) ?? '';
    const [message] = sim
      .person('ana')
      .screen()
      .places.flatMap(one => one.messages.filter(own => own.id === id));
    expect(message).toMatchObject({
      author: '@everyone <!channel> *x* <b>',
      text: 'hi all 22 listopada 2026',
    });
  });

  it('offers direct chats, typing by title and replies', async () => {
    const { sim } = await world();
    const ana = sim.person('ana');
    const first = (await ana.says('to the bot', 'Switchdesk')) ?? '';
    await ana.goes('dm');
    expect(ana.screen().current).toBe(ana.screen().places.find(one => one.kind === 'dm')?.id);
    await ana.repliesTo(first, 'and more');
    expect(
      ana
        .screen()
        .places.find(one => one.kind === 'dm')
        ?.messages.map(one => one.text),
    ).toEqual(['to the bot', 'and more']);
    expect(
      sim
        .person('ben')
        .screen()
        .places.flatMap(one => one.messages),
    ).toEqual([]);
    await expect(ana.says('x'.repeat(2001))).rejects.toThrow('Invalid Form Body');
    await expect(ana.sees('never', undefined, 20)).rejects.toThrow('to the bot');
  });
});
