import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressOf, mailAddress, spotOf } from '../../../src/adapters/email/address.ts';
import { type MailDesk, message, NOON, startMailDesk, thread } from './desk.ts';

let desk: MailDesk;
beforeEach(async () => {
  desk = await startMailDesk();
});
afterEach(() => desk.stop());

/** Headers that a mail of ours can have. */
const OURS = new Set(
  'from to subject message-id date references in-reply-to mime-version content-type content-transfer-encoding auto-submitted x-auto-response-suppress precedence list-unsubscribe list-unsubscribe-post dkim-signature'.split(
    ' ',
  ),
);

const HOSTILE = [
  'Hi\r\nBcc: eve@example.com',
  'Hi\nBcc: eve@example.com\n\n<script>alert(1)</script>',
  'Hi\r\n\r\n.\r\nMAIL FROM:<x@x>\r\n',
  'Hi\r.\rQUIT',
  'Hi\u2028Bcc: eve@example.com',
  'Hi\u0000\u000b\u0085X: y',
  '=?utf-8?q?Hi=0D=0ABcc:_eve=40example.com?=',
  '"Eve" <eve@example.com>, ana@example.com',
];

test.each(HOSTILE)(
  '%j in a subject, a name, a file’s name and a text makes no head and no recipient',
  async words => {
    await desk.stop();
    desk = await startMailDesk({}, { from: { name: words, address: 'support@desk.example' } });
    const file = { name: words, type: 'text/plain', size: 1, read: async () => Buffer.from('x') };
    const receipt = await desk.channel.deliver(
      message('1', words, { subject: words, files: [file], replyTo: words }),
      'ana@example.com',
    );
    expect(receipt).toMatchObject({ outcome: 'delivered' });
    const [mail] = desk.mail.person('ana').mailbox();
    expect(mail?.headers.map(({ name }) => name).filter(name => !OURS.has(name))).toEqual([]);
    expect(mail?.to).toEqual(['ana@example.com']);
    expect(mail?.from.address).toBe('support@desk.example');
    expect(desk.mail.person('eve').mailbox()).toEqual([]);
  },
);

test('any subject and any text arrive whole, in a mail that the strict server takes', {
  timeout: 60_000,
}, async () => {
  let id = 1000;
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 3000 }),
      async (subject, text) => {
        id += 1;
        const receipt = await desk.channel.deliver(message(String(id), text, { subject }), 'ana@example.com');
        expect(receipt).toMatchObject({ outcome: 'delivered' });
        const mail = desk.mail.person('ana').mailbox().at(-1);
        expect(mail?.headers.every(({ name }) => OURS.has(name))).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test('HTML is made of our own elements: nothing that somebody wrote runs, loads or leads elsewhere', async () => {
  const text = [
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    '![pixel](https://evil.example/p.gif) [x](javascript:alert(1)) [y](data:text/html,x)',
    '[tel](tel:+48123) <https://a.example/"onmouseover="x>',
    '`</code><script>`',
    '```\n</pre><script>\n```',
  ].join('\n\n');
  await desk.channel.deliver(message('2', text), 'ana@example.com');
  const html = desk.mail.person('ana').mailbox()[0]?.html ?? '';
  const tags = [...html.matchAll(/<\/?([a-z]+)/gi)].map(([, name = '']) => name.toLowerCase());
  const allowed = 'html head meta body p a br code pre strong em ul ol li hr blockquote doctype h'.split(' ');
  expect(tags.filter(name => !allowed.includes(name))).toEqual([]);
  const attributes = [...html.matchAll(/<[^>]*>/g)].flatMap(([tag]) => [
    ...tag.matchAll(/\s([\w-]+)="([^"]*)"/g),
  ]);
  const names = new Set(attributes.map(([, name]) => name));
  expect(
    [...names].filter(name => !['charset', 'name', 'content', 'style', 'href'].includes(name ?? '')),
  ).toEqual([]);
  const links = attributes.filter(([, name]) => name === 'href').map(([, , value]) => value);
  expect(links).toEqual(['https://evil.example/p.gif', 'https://a.example/&quot;onmouseover=&quot;x']);
  // Outside of our elements there is no sign that could begin one.
  expect(html.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
});

describe('addresses', () => {
  test.each([
    ['ana@example.com', 'ana@example.com'],
    ["o'neil+desk.1@mail.example.co.uk", "o'neil+desk.1@mail.example.co.uk"],
    ['jürgen@exämple.com', 'jürgen@xn--exmple-cua.com'],
    ['用户@例え.jp', '用户@xn--r8jz45g.jp'],
    ['a/b@example.com', 'a/b@example.com'],
  ])('%s is one', (given, expected) => expect(mailAddress(given)).toBe(expected));

  test.each([
    '',
    'ana',
    '@example.com',
    'ana@',
    'ana@@example.com',
    'a b@example.com',
    'ana@exa mple.com',
    'ana@example.com\r\nRCPT TO:<eve@example.com>',
    'ana@example.com>\r\nDATA',
    '<ana@example.com>',
    'ana@example.com,eve@example.com',
    '"ana eve"@example.com',
    'ana.@example.com',
    '.ana@example.com',
    'a..b@example.com',
    'ana@-example.com',
    'ana@[127.0.0.1]',
    'ana(x)@example.com',
    'ana\u200b@example.com',
    'ana\u0000@example.com',
    `${'a'.repeat(65)}@example.com`,
    `ana@${'a.'.repeat(130)}com`,
    'ana@example.com/d1.x',
  ])('%j is none', async given => {
    expect(mailAddress(given)).toBeUndefined();
    expect(await desk.channel.openThread?.(thread('3', given))).toMatchObject({
      outcome: 'refused',
      code: 'invalid',
    });
    expect(desk.mail.requests).toEqual([]);
  });

  test('places are read as they were written, and nothing else is one', () => {
    for (const mail of ['ana@example.com', 'a/b@example.com'])
      for (const spot of [{ mail }, { mail, root: 'd12.mb3k' }])
        expect(spotOf(addressOf(spot))).toEqual(spot);
    for (const odd of [
      'ana@example.com/',
      'ana@example.com/x',
      'ana@example.com/d1.x/y',
      'C123/4',
      '',
      '/d1.x',
    ])
      expect(spotOf(odd)).toBeUndefined();
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void spotOf(text)));
  });

  test('a place fits the port: 255 characters', () => {
    const mail = `${'a'.repeat(64)}@${`${'b'.repeat(50)}.`.repeat(2)}${'c'.repeat(40)}.com`;
    const longest = mailAddress(mail) ?? '';
    expect(longest.length).toBeGreaterThan(200);
    expect(
      addressOf({ mail: longest, root: `d${'9'.repeat(19)}.${NOON.getTime().toString(36)}` }).length,
    ).toBeLessThan(256);
  });
});

test('letters outside of ASCII before the @ go where the server takes them, and are refused clearly where not', async () => {
  desk.mail.addPerson({ name: 'juergen', address: 'jürgen@exämple.com', locale: 'de' });
  expect(await desk.channel.deliver(message('4', 'Grüße'), 'jürgen@exämple.com')).toMatchObject({
    outcome: 'delivered',
  });
  expect(desk.mail.person('juergen').mailbox()[0]?.text).toContain('Grüße');
  await desk.stop();
  desk = await startMailDesk({ utf8: false });
  desk.mail.addPerson({ name: 'juergen', address: 'jürgen@example.com', locale: 'de' });
  expect(await desk.channel.deliver(message('5', 'Grüße'), 'jürgen@example.com')).toMatchObject({
    outcome: 'refused',
    code: 'invalid',
    why: expect.stringContaining('no addresses outside of ASCII'),
  });
});
