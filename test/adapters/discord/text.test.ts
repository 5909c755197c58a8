import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromDiscord } from '../../../src/adapters/discord/dialect.ts';
import { limits } from '../../../src/adapters/discord/limits.ts';
import { toDiscord } from '../../../src/adapters/discord/render.ts';
import { literal, parseMarkdown, plain } from '../../../src/core/index.ts';

const names = {
  user: (id: string) => ({ '1': 'Ana', '2': '@everyone *x* <b>' })[id],
  role: (id: string) => ({ '7': 'Staff' })[id],
  channel: (id: string) => ({ '9': 'support' })[id],
};
const read = (text: string) => fromDiscord(text, names);
/** What a reader sees of a Discord text, by way of CommonMark. */
const seen = (text: string) => plain(read(text));

/** What stays special in Discord's eyes once everything behind a backslash, and every address, is taken out. */
const bare = (text: string) =>
  text.replace(/\\[^0-9A-Za-z\s]/g, 'x').replace(/https?:\/\/[^\s<>|`*\\[\]"]+/g, '');

describe('CommonMark → Discord', () => {
  it('writes the markup that Discord has', () => {
    expect(toDiscord('**a** *b* `c` [d](https://x.example/y_z)')).toBe(
      '**a** *b* `c` [d](<https://x.example/y_z>)',
    );
    expect(toDiscord('# One\n\n#### Four')).toBe('# One\n\n**Four**');
    expect(toDiscord('> a\n> b')).toBe('> a\n> b');
    expect(toDiscord('- a\n- b\n  1. c')).toBe('- a\n- b\n  1. c');
    expect(toDiscord('```js\nlet x = 1;\n```')).toBe('```js\nlet x = 1;\n```');
  });

  it('keeps a fence inside code from ending it', () => {
    const out = toDiscord('````\na\n```\nb\n````');
    expect(out.match(/```/g)).toHaveLength(2);
    expect(out.replaceAll('\u200B', '')).toBe('```\na\n```\nb\n```');
    expect(toDiscord('`` a`b ``')).toBe('`` a`b ``');
    expect(toDiscord('``` a``b ```')).toBe('a\\`\\`b');
  });

  it('leaves addresses whole, and says both when a link’s text looks like another address', () => {
    expect(toDiscord(literal('see https://x.example/a_b_c?d=1&e=*'))).toBe(
      'see https://x.example/a_b_c?d=1&e=\\*',
    );
    expect(toDiscord('<https://x.example/a_b>')).toBe('<https://x.example/a_b>');
    expect(toDiscord('[https://bank.example](https://evil.example)')).toBe(
      'https://bank.example (<https://evil.example>)',
    );
    expect(toDiscord('[a](javascript:alert(1))')).toBe('a (javascript:alert(1))');
    expect(toDiscord('<mailto:a_b@x.example>')).toBe('a\\_b@x.example');
  });

  it('shows mentions, emoji and times that somebody typed as they were typed', () => {
    for (const typed of [
      '<@123>',
      '<@!123>',
      '<@&123>',
      '<#123>',
      '<:a:1>',
      '<t:1:R>',
      '<id:home>',
      '</ticket:1>',
    ]) {
      expect(toDiscord(literal(typed))).toMatch(/^\\</);
    }
  });

  it('shows untrusted text exactly, with nothing in it special', () => {
    const risky = fc.stringMatching(/^[\\*_~|`[\]()<>@#&:!\-+. \n0-9a-ehrtvyo/]{0,60}$/);
    fc.assert(
      fc.property(fc.oneof(risky, fc.string({ unit: 'grapheme', maxLength: 80 })), text => {
        const out = toDiscord(literal(text));
        expect(bare(out)).not.toMatch(/<[@#:t/i]|[*_~|`]/);
        expect(bare(out)).not.toMatch(/^\s*(?:#{1,3}|-#|>|>>>|-)(?:\s|$)|^\s*\d+\.\s/m);
      }),
    );
  });

  it('never throws, and measures what it makes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        expect(limits.measure(text)).toBe(toDiscord(text).length);
      }),
    );
  });
});

describe('Discord → CommonMark', () => {
  it('turns ids into names that are text', () => {
    expect(seen('<@1> <@!1> <@5> <@&7> <@&8> <#9> <#8>')).toBe(
      '@Ana @Ana @user @Staff @role #support #channel',
    );
    expect(seen('<:party:123> <a:wave:1> </ticket open:12>')).toBe(':party: :wave: /ticket open');
    expect(seen('<t:1790000000:R> <t:99999999999999>')).toBe('2026-09-21 14:13 UTC <t:99999999999999>');
    expect(seen('<@2>')).toBe('@@everyone *x* <b>');
  });

  it('keeps markup that both have', () => {
    expect(read('**bold** *it* _it_')).toBe('**bold** *it* _it_');
    expect(read('# Head\ntext')).toBe('# Head\ntext');
    expect(parseMarkdown(read('- a\n  - b\n- c')).children[0]).toMatchObject({ type: 'list' });
    expect(parseMarkdown(read('[text](https://x.example/a "t")')).children[0]).toMatchObject({
      children: [{ type: 'link', url: 'https://x.example/a' }],
    });
    expect(parseMarkdown(read('https://x.example/a_b_c, ok')).children[0]).toMatchObject({
      children: [
        { type: 'link', url: 'https://x.example/a_b_c' },
        { type: 'text', value: ', ok' },
      ],
    });
  });

  it('shows underline as strong, and spoilers and small print as text', () => {
    expect(seen('__u__ ||secret||\n-# small')).toBe('u secret\nsmall');
  });

  it('leaves as text what is no markup in Discord', () => {
    for (const text of [
      '<b>x</b>',
      '![a](b)',
      '1) one',
      '+ plus',
      '---',
      'a\n===',
      '~~~',
      '#### four',
      '#no',
      '&amp; &#64;',
      '[x]: y',
      '>no quote',
      '| a | b |',
    ]) {
      expect(seen(text), text).toBe(text);
    }
    expect(seen('\\*not\\* \\_it\\_ \\<@1>')).toBe('*not* _it_ <@1>');
    expect(seen('C:\\dir\\new')).toBe('C:\\dir\\new');
  });

  it('reads code as the client does, wherever it stands', () => {
    expect(read('look: ```js\nlet a = "*<@1>*";```done')).toBe(
      'look:\n\n```js\nlet a = "*<@1>*";\n```\n\ndone',
    );
    expect(read('```one line```')).toBe('```\none line\n```');
    expect(seen('`a *b* <@1>` and ``c`d``')).toBe('a *b* <@1> and c`d');
  });

  it('ends a quote and a list where the client does', () => {
    expect(read('> a\n> b\nc')).toBe('> a\n> b\n\nc');
    expect(read('>>> a\nb')).toBe('> a\n> b');
    expect(read('- a\nb')).toBe('- a\n\nb');
    expect(read('> ```\n> x\n> ```\nafter')).toBe('> ```\n> x\n> ```\n\nafter');
  });

  it('loses no word and never throws, whatever is typed', () => {
    const risky = fc.stringMatching(/^[\\*_~|`[\]()<>@#&:!\-+. \nabc0-9/]{0,80}$/);
    fc.assert(
      fc.property(fc.oneof(risky, fc.string({ unit: 'binary', maxLength: 100 })), text => {
        const words = (one: string) => one.match(/[a-c]+/g)?.join('') ?? '';
        const out = toDiscord(read(text));
        expect(out).not.toMatch(/[\uE000\uE001]/);
        if (!/<|```/.test(text)) expect(words(seen(text))).toBe(words(text));
      }),
    );
  });
});
