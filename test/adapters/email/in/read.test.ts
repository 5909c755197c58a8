import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { plain } from '../../../../src/core/index.ts';
import { NOON } from '../desk.ts';
import { bytesOf, multipart, NOTHING, openDoors, ours, raw } from './kit.ts';

test('a mail becomes a letter, with everything that a person sees of it', async () => {
  const doors = await openDoors();
  const letter = await doors.letter(
    raw('Hello *you*,\n\nit is down.\n', {
      'In-Reply-To': '<a@example.com>',
      References: '<z@example.com> <a@example.com>',
      Cc: 'Ben <ben@example.com>',
      'Content-Language': 'en-GB',
    }),
    { 'x-rcpt-to': 'support+x@desk.example' },
  );
  expect(letter).toEqual({
    type: 'wrote',
    eventId: expect.stringMatching(/^[\da-f]{64}$/),
    at: NOON,
    from: { space: 'unvouched', externalId: 'ana@example.com', name: 'Ana Nowak', locale: 'en-GB' },
    vouched: false,
    ref: 'm1@example.com',
    subject: 'Server',
    text: 'Hello \\*you\\*,\n\nit is down.',
    answers: [],
    refs: ['a@example.com', 'z@example.com'],
    to: ['support+x@desk.example', 'support@desk.example', 'ben@example.com'],
  });
});

test.each([
  ['iso-8859-2', Buffer.from([0xbf, 0xf3, 0xb3, 0xe6]), 'żółć'],
  ['windows-1250', Buffer.from([0xbf, 0xf3, 0xb3, 0xe6]), 'żółć'],
  ['koi8-r', Buffer.from([0xd0, 0xd2, 0xd7, 0xc5, 0xd4]), 'првет'],
  ['shift_jis', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), '日本'],
  ['utf-8', Buffer.from([0xff, 0xfe, 0x41]), '��A'],
  ['no-such-charset', Buffer.from('abc'), 'abc'],
])('%s is read, and what is wrong in it is shown as wrong', async (charset, bytes, text) => {
  const doors = await openDoors();
  const head = raw('', {
    'Content-Type': `text/plain; charset=${charset}`,
    'Content-Transfer-Encoding': '8bit',
  });
  expect(plain((await doors.letter(Buffer.concat([Buffer.from(head), bytes]))).text)).toBe(text);
});

test('HTML becomes clean text: no script, no style, no picture, no address that only a program would follow', async () => {
  const doors = await openDoors();
  const html = `<html><head><style>p{color:red}</style><title>T</title></head><body>
    <p onclick="x()">It is <b>down</b> <img src="https://track.example/x.png" alt="pixel">.</p>
    <script>alert(1)</script><div style="display:none">hidden words</div>
    <ul><li>one</li><li>two</li></ul><a href="javascript:alert(1)">bad</a> <a href="https://example.com/a">good</a>
    <iframe src="https://evil.example"></iframe><object data="x"></object></body></html>`;
  const { text } = await doors.letter(raw(html, { 'Content-Type': 'text/html; charset=utf-8' }));
  expect(text).toContain('**down**');
  expect(text).toContain('- one\n- two');
  expect(text).toContain('[good](https://example.com/a)');
  expect(text).not.toMatch(/alert|track|pixel|hidden|evil|color|javascript/);
});

test('what was quoted in HTML is folded by its marks, whatever program made them', async () => {
  const doors = await openDoors();
  for (const quote of [
    '<div class="gmail_quote">On Sun X wrote: <blockquote>old words</blockquote></div>',
    '<blockquote type="cite">old words</blockquote>',
    '<div id="appendonsend"></div><div>old words</div>',
    '<div class="moz-cite-prefix">On X wrote:</div><blockquote type="cite">old words</blockquote>',
    '<div class="protonmail_quote">old words</div>',
  ]) {
    const letter = await doors.letter(raw(`<p>New words</p>${quote}`, { 'Content-Type': 'text/html' }));
    expect(letter.text).toBe('New words');
    expect(letter.folded).toContain('old words');
  }
});

test('files, inline pictures, calendars, TNEF and mails within are kept as files, and come again byte for byte', async () => {
  const doors = await openDoors();
  const letter = await doors.letter(
    multipart('multipart/mixed', [
      'Content-Type: text/plain\n\nSee below.',
      'Content-Type: application/pdf; name="a.pdf"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="../../a.pdf"\n\nJVBERg==',
      'Content-Type: image/png\nContent-ID: <i1>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw==',
      'Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nEND:VCALENDAR',
      'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\neJ8+Ig==',
      'Content-Type: message/rfc822\n\nFrom: x@example.com\nSubject: within\n\nNested words',
      'Content-Type: application/pgp-signature; name="s.asc"\n\n-----BEGIN PGP SIGNATURE-----',
    ]),
  );
  expect(letter.text).toBe('See below.');
  expect(letter.files?.map(({ name }) => name)).toEqual([
    '../../a.pdf',
    'image-2.png',
    'text-3.ics',
    'winmail.dat',
    'message-5.eml',
  ]);
  const [pdf, , calendar, , within] = letter.files ?? [];
  expect((await bytesOf(doors, pdf?.source ?? '')).toString()).toBe('%PDF');
  expect((await bytesOf(doors, calendar?.source ?? '')).toString()).toContain('BEGIN:VCALENDAR');
  expect((await bytesOf(doors, within?.source ?? '')).toString()).toContain('Nested words');
  await doors.channel.forget?.({ space: '', externalId: 'ana@example.com' });
  expect(await doors.channel.fetchFile?.({ source: pdf?.source ?? '', name: '' }, 1e6)).toMatchObject({
    outcome: 'refused',
  });
  expect(await doors.channel.fetchFile?.({ source: '../../../etc/passwd/0', name: '' }, 1e6)).toMatchObject({
    outcome: 'refused',
  });
});

test('of a sender for whom is vouched the calendars come as text; one that is too large or too many is there, and empty', async () => {
  const doors = await openDoors({ authservId: 'mx.desk.example' });
  const calendar = (words: string): string => `Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n${words}`;
  const mail = (...words: string[]) =>
    doors.letter(
      multipart('multipart/mixed', words.map(calendar), {
        'Authentication-Results': 'mx.desk.example; dmarc=pass header.from=example.com',
      }),
    );
  const kept = (letter: { readonly calendars?: readonly string[] }) =>
    letter.calendars?.map(text => text.split('\n')[1]);
  expect(kept(await mail('X:1', `X:${'x'.repeat(1024 * 1024)}`, 'X:3'))).toEqual(['X:1', undefined, 'X:3']);
  expect(kept(await mail('X:1', 'X:2', 'X:3', 'X:4', 'X:5', 'X:6', 'X:7'))).toEqual([
    'X:1',
    'X:2',
    'X:3',
    'X:4',
    'X:5',
    undefined,
  ]);
});

test('no Message-ID, no From, no Date, nothing at all: it is a letter all the same, and the same one when it comes again', async () => {
  const doors = await openDoors();
  const bare = raw('words', {
    From: undefined,
    'Message-ID': undefined,
    Date: undefined,
    Subject: undefined,
  });
  const [one, two] = [await doors.letter(bare), await doors.letter(`Received: from a by b\r\n${bare}`)];
  expect(one).toMatchObject({
    from: { space: 'unvouched', externalId: 'nobody' },
    subject: '',
    text: 'words',
  });
  expect(one.ref).toMatch(/^[\da-f]{32}@unnamed\.invalid$/);
  expect(two.eventId).toBe(one.eventId);
  expect(await doors.letter('')).toMatchObject({ text: '' });
});

test('the Message-ID of somebody else’s letter keeps nobody’s letter away', async () => {
  const doors = await openDoors();
  const [ana, eve] = [
    await doors.letter(raw('mine')),
    await doors.letter(raw('mine', { From: 'eve@example.com' })),
  ];
  expect(eve.ref).toBe(ana.ref);
  expect(eve.eventId).not.toBe(ana.eventId);
});

test('answers to our mails are known by their signature, in the address and in Message-IDs, and a forged one is none', async () => {
  const doors = await openDoors();
  const left = ours('12').split('@')[0] ?? '';
  const known = { delivery: '12', at: NOON };
  expect(
    (await doors.letter(raw('x', { To: `Support <support+${left.toUpperCase()}@desk.example>` }))).answers,
  ).toEqual([known]);
  expect((await doors.letter(raw('x', { References: `<a@b.example> <${ours('12')}>` }))).answers).toEqual([
    known,
  ]);
  const forged = left.replace(/.$/, last => (last === '0' ? '1' : '0'));
  expect(
    (
      await doors.letter(
        raw('x', { To: `support+${forged}@desk.example`, 'In-Reply-To': `<${forged}@desk.example>` }),
      )
    ).answers,
  ).toEqual([]);
  expect((await doors.letter(raw('x', { 'In-Reply-To': `<${left}@evil.example>` }))).answers).toEqual([]);
});

test('heads that hold line ends, commands or ten thousand recipients are words, and a few of them', async () => {
  const doors = await openDoors();
  const crowd = Array.from({ length: 10_000 }, (_, n) => `p${n}@example.com`).join(',\r\n ');
  const letter = await doors.letter(
    raw('x', {
      To: crowd,
      Subject: '=?utf-8?B?aGVsbG8NCkJjYzogZXZpbEBleGFtcGxlLmNvbQ==?=',
      From: '=?utf-8?Q?Ana=0D=0ABcc:_evil@example.com?= <ana@example.com>',
    }),
  );
  expect(letter.to.length).toBeLessThanOrEqual(100);
  expect(letter.from.externalId).toBe('ana@example.com');
  expect(JSON.stringify(letter).length).toBeLessThan(20_000);
});

test.each([
  ['parts within parts, a thousand deep', deep(1000)],
  ['bytes that are nothing', Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256))],
])('%s: never lost, never a dead process', async (_, body) => {
  const doors = await openDoors();
  const letter = await doors.letter(body);
  if (letter.unreadable) {
    const [file] = letter.files ?? [];
    expect(gunzipSync(await bytesOf(doors, file?.source ?? '')).equals(Buffer.from(body))).toBe(true);
  }
  expect(await doors.letter(raw('and the next one'))).toMatchObject({ text: 'and the next one' });
});

function deep(levels: number): string {
  let body = 'Content-Type: text/plain\r\n\r\nat the bottom';
  for (let level = 0; level < levels; level++)
    body = `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n${body}\r\n--b${level}--`;
  return `From: ana@example.com\r\nSubject: deep\r\n${body}`;
}

test('HTML that is nested ten thousand deep is its words', async () => {
  const doors = await openDoors();
  const html = `${'<div>'.repeat(10_000)}at the bottom${'</div>'.repeat(10_000)}`;
  expect((await doors.letter(raw(html, { 'Content-Type': 'text/html' }))).text).toContain('at the bottom');
});

test('a mail that is read for too long is kept as it is, and those beside it are read', async () => {
  const doors = await openDoors({
    readMs: 700,
    resolve: name => (name.includes('slow') ? new Promise(() => undefined) : NOTHING()),
  });
  const slow = raw('slow', {
    From: 'a@slow.example',
    'DKIM-Signature':
      'v=1; a=rsa-sha256; d=slow.example; s=k; h=from; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA',
  });
  const [one, two] = await Promise.all([
    doors.letter(slow),
    doors.letter(raw('quick', { From: 'b@quick.example' })),
  ]);
  expect([one.unreadable, two.text]).toEqual([true, 'quick']);
});

test('50 MB: the words are read, and the file comes whole', { timeout: 60_000 }, async () => {
  const doors = await openDoors();
  const content = Buffer.alloc(37_000_000, 'x7');
  const mail = multipart('multipart/mixed', [
    'Content-Type: text/plain\n\nA dump.',
    `Content-Type: application/octet-stream; name="dump.bin"\nContent-Transfer-Encoding: base64\n\n${content.toString('base64').replace(/.{76}/g, '$&\n')}`,
  ]);
  expect(mail.length).toBeGreaterThan(50_000_000);
  const { text, files = [] } = await doors.letter(mail);
  expect([text, files.map(({ size }) => size)]).toEqual(['A dump.', [content.length]]);
  const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  expect(sha(await bytesOf(doors, files[0]?.source ?? ''))).toBe(sha(content));
  expect(await readdir(join(doors.spool))).toHaveLength(1);
});
