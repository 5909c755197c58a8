import { afterEach, expect, test } from 'vitest';
import { type MailDesk, message, NOON, startMailDesk, thread } from './desk.ts';

let desk: MailDesk;
afterEach(() => desk.stop());

const newest = (name = 'ana') => desk.mail.person(name).mailbox().at(-1);
const header = (name: string, who = 'ana') =>
  newest(who)
    ?.headers.filter(one => one.name === name)
    .map(({ value }) => value);

test('a message goes out as one mail: who, what about, as text and as HTML', async () => {
  desk = await startMailDesk();
  const receipt = await desk.channel.deliver(
    message('41', '# Gotowe\n\nSerwer **działa**: [stan](https://status.example/x?a=1&b=2).\n\n- raz\n- dwa'),
    'ana@example.com',
  );
  expect(receipt).toEqual({ outcome: 'delivered', ref: `d41.${NOON.getTime().toString(36)}@desk.example` });
  const mail = newest();
  expect(mail).toMatchObject({
    from: { name: 'Example Support', address: 'support@desk.example' },
    to: ['ana@example.com'],
    returnPath: 'support@desk.example',
    subject: '[#12] Server is down',
    messageId: `<d41.${NOON.getTime().toString(36)}@desk.example>`,
  });
  expect(mail?.text.trim()).toBe(
    '*Gotowe*\n\nSerwer *działa*: stan <https://status.example/x?a=1&b=2>.\n\n- raz\n- dwa',
  );
  expect(mail?.html).toContain(
    'Serwer <strong>działa</strong>: <a href="https://status.example/x?a=1&amp;b=2">stan</a>.',
  );
  expect(header('date')).toEqual(['Sun, 22 Nov 2026 12:00:00 +0000']);
  expect(await desk.mail.person('ana').sees('Serwer')).toContain('[#12]');
});

test('what goes on from a mail without a conversation of its own is one thread with it, under its own subject', async () => {
  desk = await startMailDesk();
  const first = await desk.channel.deliver(
    message('60', 'Power is gone.', { subject: 'Outage N-1' }),
    'ana@example.com',
  );
  const ref = first.outcome === 'delivered' ? (first.ref ?? '') : '';
  await desk.channel.deliver(
    message('61', 'It is back.', { subject: 'Outage N-1 (resolved)', replyTo: ref }),
    'ana@example.com',
  );
  const mails = desk.mail.person('ana').mailbox();
  expect(mails.map(({ subject, references, inReplyTo }) => [subject, references, inReplyTo])).toEqual([
    ['Outage N-1', [], undefined],
    ['Outage N-1 (resolved)', [`<${ref}>`], `<${ref}>`],
  ]);
});

test('a ticket is one conversation: later mails refer to its first, and say Re:', async () => {
  desk = await startMailDesk();
  const first = await desk.channel.openThread?.(thread('50', 'ana@example.com'));
  if (first?.outcome !== 'delivered') throw new Error('not opened');
  expect(first.address).toBe(`ana@example.com/d50.${NOON.getTime().toString(36)}`);
  await desk.channel.deliver(message('51', 'Looking at it.'), first.address ?? '');
  await desk.channel.deliver(
    message('52', 'Done.', { replyTo: `<d51.x@desk.example>` }),
    first.address ?? '',
  );
  const mails = desk.mail.person('ana').mailbox();
  const root = mails[0]?.messageId ?? '';
  expect(mails.map(({ subject }) => subject)).toEqual([
    '[#12] Server is down',
    'Re: [#12] Server is down',
    'Re: [#12] Server is down',
  ]);
  expect(mails.map(({ references }) => references)).toEqual([[], [root], [root, '<d51.x@desk.example>']]);
  expect(mails.map(({ inReplyTo }) => inReplyTo)).toEqual([undefined, root, '<d51.x@desk.example>']);
  // One conversation with three mails, and nothing else in the inbox.
  expect(
    desk.mail
      .person('ana')
      .screen()
      .places.map(({ messages }) => messages.length),
  ).toEqual([0, 3]);
});

test('sent again after a lost answer it is the same mail, to the last byte', async () => {
  desk = await startMailDesk({ duplicates: 'shown' });
  desk.mail.addFault({ match: /DATA/, kind: 'lose-answer' });
  const one = message('60', 'Once, with a file', {
    files: [{ name: 'a.txt', type: 'text/plain', size: 2, read: async () => Buffer.from('hi') }],
  });
  expect(await desk.channel.deliver(one, 'ana@example.com')).toMatchObject({ outcome: 'unknown' });
  expect(await desk.channel.deliver(one, 'ana@example.com')).toMatchObject({ outcome: 'delivered' });
  const [first, second] = desk.mail.person('ana').mailbox();
  expect(second?.messageId).toBe(first?.messageId);
  expect(Buffer.from(second?.raw ?? []).equals(Buffer.from(first?.raw ?? []))).toBe(true);
});

test('files go as attachments with their names; more than a mail can hold is refused', async () => {
  desk = await startMailDesk();
  const file = {
    name: 'żółw ".pdf',
    type: 'application/pdf',
    size: 5,
    read: async () => Buffer.from('%PDF-'),
  };
  await desk.channel.deliver(message('70', 'See', { files: [file] }), 'ana@example.com');
  expect(newest()?.attachments).toEqual([
    { name: 'żółw ".pdf', type: 'application/pdf', bytes: new Uint8Array(Buffer.from('%PDF-')) },
  ]);
  const big = { ...file, size: 10 * 1024 * 1024 };
  expect(
    await desk.channel.deliver(message('71', 'See', { files: [big, big] }), 'ana@example.com'),
  ).toMatchObject({
    outcome: 'refused',
    code: 'invalid',
  });
});

test('what the desk says by itself is marked so that nothing answers it; what people write only keeps absence notes away', async () => {
  desk = await startMailDesk();
  await desk.channel.deliver(message('80', 'Automatic', { automatic: true }), 'ana@example.com');
  expect(header('auto-submitted')).toEqual(['auto-generated']);
  expect(header('x-auto-response-suppress')).toEqual(['All']);
  await desk.channel.deliver(message('81', 'By Bob'), 'ana@example.com');
  expect(header('auto-submitted')).toEqual([]);
  expect(header('x-auto-response-suppress')).toEqual(['OOF, AutoReply']);
  expect(header('precedence')).toEqual([]);
});

test('what may be refused carries the one-click link; a link that is not https does not', async () => {
  desk = await startMailDesk();
  const url = 'https://desk.example.com/unsubscribe/7.updates.aBc-_123';
  await desk.channel.deliver(message('90', 'News', { unsubscribe: url }), 'ana@example.com');
  expect(header('list-unsubscribe')).toEqual([`<${url}>`]);
  expect(header('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
  expect(header('precedence')).toEqual(['bulk']);
  for (const odd of ['http://desk.example.com/unsubscribe/x', 'https://a.example/x>\r\nBcc: eve@example.com'])
    await desk.channel.deliver(message(`9${odd.length}`, 'News', { unsubscribe: odd }), 'ana@example.com');
  expect(header('list-unsubscribe')).toEqual([]);
  expect(desk.mail.person('eve').mailbox()).toEqual([]);
});

test('below a mail stands how to reach us, as a table, and as a signature in plain text; nothing in it is markup', async () => {
  desk = await startMailDesk();
  const foot = [
    { label: 'Ticket', value: 'within 10 minutes' },
    { label: 'E-mail <b>', value: '**15** & 30' },
  ];
  await desk.channel.deliver(message('42', 'Hello.', { foot }), 'ana@example.com');
  expect(newest()?.text.replaceAll('\r', '').trim()).toBe(
    'Hello.\n\n-- \nTicket      within 10 minutes\nE-mail <b>  **15** & 30',
  );
  expect(newest()?.html).toMatch(/<table.*<th[^>]*>E-mail &lt;b&gt;<\/th><td>\*\*15\*\* &amp; 30<\/td>/s);
});
